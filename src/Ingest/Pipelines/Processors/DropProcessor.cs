namespace Bongsu.Ingest.Pipelines.Processors;

/// <summary>Drops the rows for which all conditions hold.</summary>
internal sealed class DropProcessor(IReadOnlyList<FieldCondition> conditions) : Processor
{
    public override void Apply(PipelineBatch batch)
    {
        bool[] dropped = conditions[0].Evaluate(batch);
        foreach (FieldCondition condition in conditions.Skip(1))
        {
            bool[] holds = condition.Evaluate(batch);
            for (int row = 0; row < dropped.Length; row++)
            {
                dropped[row] &= holds[row];
            }
        }

        var kept = new List<int>(dropped.Length);
        for (int row = 0; row < dropped.Length; row++)
        {
            if (!dropped[row])
            {
                kept.Add(row);
            }
        }

        batch.Keep([.. kept]);
    }
}
