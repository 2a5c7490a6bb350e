using Bongsu.Core.Collections;

namespace Bongsu.Alert.Rules;

/// <summary>A span of time that somebody says was out of the ordinary: bands do not learn from it.</summary>
/// <param name="FromTicks">Its start, UTC.</param>
/// <param name="ToTicks">Its end, after the start.</param>
/// <param name="Text">Why.</param>
public sealed record AnnotatedSpan(long FromTicks, long ToTicks, string Text)
{
    /// <summary>Names of the rules it is for; empty = all.</summary>
    public ValueList<string> Rules { get; init; } = [];

    /// <summary>What a key must hold for it to be the key's; empty = all keys.</summary>
    public ValueList<AnnotatedKey> Key { get; init; } = [];

    /// <summary>Whether it is for a rule.</summary>
    public bool IsFor(string rule) => Rules.Count == 0 || Rules.Contains(rule);

    /// <summary>Whether it is for a key.</summary>
    /// <param name="valueOf">The key's value of a column as text; null where it has no such column.</param>
    public bool IsFor(Func<string, string?> valueOf) =>
        Key.All(part => valueOf(part.Column) is { } value && part.Values.Contains(value));
}
