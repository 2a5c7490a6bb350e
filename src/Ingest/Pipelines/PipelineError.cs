namespace Bongsu.Ingest.Pipelines;

/// <summary>Something wrong in a pipeline file.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">From 1; 0 where the whole file is meant.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">What is wrong and what was expected.</param>
/// <param name="Suggestion">The nearest word that would be right, or null.</param>
public sealed record PipelineError(string File, int Line, int Column, string Message, string? Suggestion = null)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{File}:{Line}:{Column}: {Message}" + (Suggestion is null ? "" : $"; did you mean '{Suggestion}'?");
}
