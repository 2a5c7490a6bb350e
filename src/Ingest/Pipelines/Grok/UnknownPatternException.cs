namespace Bongsu.Ingest.Pipelines.Grok;

/// <summary>An expression refers to a pattern that is not defined.</summary>
internal sealed class UnknownPatternException : FormatException
{
    /// <param name="name">The name.</param>
    public UnknownPatternException(string name)
        : base($"there is no pattern named '{name}'")
    {
        Name = name;
    }

    /// <summary>The name that is not defined.</summary>
    public string Name { get; }
}
