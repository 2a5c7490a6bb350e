namespace Bongsu.Core.Templates;

/// <summary>A template and what its miner knows about it. Owned by the miner; changed under its lock.</summary>
internal sealed class MinedTemplate(Template template, int ordinal)
{
    public Template Template { get; } = template;

    /// <summary>Place among the miner's templates, in order of their discovery.</summary>
    public int Ordinal { get; } = ordinal;

    /// <summary>Bit by slot: any word fits, since words there were found to vary.</summary>
    public ulong AnyWord { get; set; }

    /// <summary>Whether the last slot takes all that is left of a message.</summary>
    public bool EndsInRest { get; } = MessageTokenizer.EndsInRest(template);

    /// <summary>Whether a more general template has taken its place.</summary>
    public bool IsSuperseded { get; set; }
}
