namespace Bongsu.Ingest.Pipelines;

/// <summary>The pipeline files cannot be used; those in force stay.</summary>
public sealed class PipelineException : Exception
{
    /// <summary>With every error found.</summary>
    public PipelineException(IReadOnlyList<PipelineError> errors)
        : base(string.Join('\n', errors))
    {
        Errors = errors;
    }

    /// <summary>The errors, by file and line.</summary>
    public IReadOnlyList<PipelineError> Errors { get; }
}
