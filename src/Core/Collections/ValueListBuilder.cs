namespace Bongsu.Core.Collections;

/// <summary>Makes lists from collection expressions.</summary>
public static class ValueListBuilder
{
    /// <summary>A list of copied items.</summary>
    public static ValueList<T> Of<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}
