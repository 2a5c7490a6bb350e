namespace Bongsu.Ingest.Pipelines.Processors;

/// <summary>Takes fields out.</summary>
internal sealed class RemoveProcessor(IReadOnlyList<FieldPattern> fields) : Processor
{
    public override void Apply(PipelineBatch batch)
    {
        for (int column = batch.ColumnCount - 1; column >= 0; column--)
        {
            string name = batch.ColumnAt(column).Name;
            if (fields.Any(field => field.Matches(name)))
            {
                batch.RemoveAt(column);
            }
        }
    }
}
