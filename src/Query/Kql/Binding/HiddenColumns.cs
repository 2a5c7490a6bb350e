using Bongsu.Core.Types;
using Bongsu.Query.Plan;
using Bongsu.Store;

namespace Bongsu.Query.Kql.Binding;

/// <summary>The column behind <c>ingestion_time()</c>: rides along with the rows of stored tables in queries that ask
/// for it, and is never shown.</summary>
internal static class HiddenColumns
{
    public const string IngestionTime = SystemColumns.IngestionTime;

    // A join gives the right side's one a number.
    public static bool IsHidden(string name) => name.StartsWith(IngestionTime, StringComparison.Ordinal);

    /// <summary>The schema of a scan with the hidden column.</summary>
    public static Schema Add(Schema schema) => new([.. schema.Columns, new Column(IngestionTime, ScalarType.DateTime)]);

    /// <summary>The plan without hidden columns.</summary>
    public static LogicalPlan Remove(LogicalPlan plan)
    {
        List<BoundExpression> columns = ProjectBinder.Columns(plan);
        return columns.RemoveAll(column => IsHidden(((BoundColumn)column).Name)) == 0
            ? plan
            : new ProjectPlan(plan, columns, new Schema(columns.Select(column => new Column(((BoundColumn)column).Name, column.Type))))
            {
                IsSerialized = plan.IsSerialized,
            };
    }
}
