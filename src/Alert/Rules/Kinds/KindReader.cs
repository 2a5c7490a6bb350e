namespace Bongsu.Alert.Rules.Kinds;

/// <summary>Reads the keys of one kind of rule.</summary>
/// <param name="name">As files write it.</param>
/// <param name="kind">What it is.</param>
/// <param name="keys">Keys that not every kind has.</param>
internal abstract class KindReader(string name, RuleKind kind, params string[] keys)
{
    /// <summary>As files write it.</summary>
    public string Name { get; } = name;

    /// <summary>What it is.</summary>
    public RuleKind Kind { get; } = kind;

    /// <summary>Keys that not every kind has.</summary>
    public IReadOnlyList<string> Keys { get; } = keys;

    /// <summary>Reads them.</summary>
    /// <exception cref="RuleException">A value is wrong or missing.</exception>
    public abstract KindParts Read(RuleFields fields);
}
