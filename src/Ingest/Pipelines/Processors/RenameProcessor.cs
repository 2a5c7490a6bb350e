namespace Bongsu.Ingest.Pipelines.Processors;

/// <summary>Gives a field another name; where that is taken, its values stay and the gaps are filled.</summary>
internal sealed class RenameProcessor(string from, string to) : Processor
{
    public override void Apply(PipelineBatch batch)
    {
        int column = batch.IndexOf(from);
        if (column >= 0)
        {
            batch.Rename(column, to);
        }
    }
}
