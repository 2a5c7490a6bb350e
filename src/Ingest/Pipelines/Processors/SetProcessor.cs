using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Ingest.Pipelines.Processors;

/// <summary>Gives a field a value, in all rows or only where it has none.</summary>
internal sealed class SetProcessor(string field, Scalar value, bool onlyWhereAbsent) : Processor
{
    public override void Apply(PipelineBatch batch)
    {
        Vector constant = Vector.Constant(value, batch.RowCount);
        int column = batch.IndexOf(field);
        batch.Put(field, onlyWhereAbsent && column >= 0 ? VectorOverlay.Merge(constant, batch[column]) : constant);
    }
}
