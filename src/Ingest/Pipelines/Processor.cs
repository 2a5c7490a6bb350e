namespace Bongsu.Ingest.Pipelines;

/// <summary>One step of a pipeline. Immutable: used by many requests at once.</summary>
internal abstract class Processor
{
    /// <summary>Changes the rows.</summary>
    public abstract void Apply(PipelineBatch batch);
}
