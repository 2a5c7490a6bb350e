namespace Bongsu.Core.Types;

/// <summary>Name and type of one column.</summary>
/// <param name="Name">Case-sensitive; attributes by dot path, for instance <c>http.status</c>.</param>
/// <param name="Type">The type of every value.</param>
public readonly record struct Column(string Name, ScalarType Type)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}:{Type.Name()}";
}
