namespace Bongsu.Ingest.Pipelines;

/// <summary>The steps for the tables a file names.</summary>
/// <param name="Tables">Names, or <c>*</c> for all tables.</param>
/// <param name="Processors">Steps, in order.</param>
internal sealed record Pipeline(IReadOnlyList<string> Tables, IReadOnlyList<Processor> Processors)
{
    /// <summary>Whether it is for every table.</summary>
    public bool IsForAll => Tables.Contains("*");
}
