using Bongsu.Core.Types;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Kql.Binding;

/// <summary>The row an expression is evaluated over.</summary>
internal sealed class RowScope
{
    public RowScope(Schema schema, bool isSerialized = false, string? alias = null)
    {
        Schema = schema;
        IsSerialized = isSerialized;
        Alias = alias;
    }

    /// <summary>No row: constants only.</summary>
    public static RowScope None { get; } = new(Schema.Empty);

    public Schema Schema { get; }

    /// <summary>Whether rows have a promised order, which window functions need.</summary>
    public bool IsSerialized { get; }

    /// <summary><c>$left</c> or <c>$right</c> inside a join condition.</summary>
    public string? Alias { get; }

    /// <summary>The names of the columns that a query sees.</summary>
    public IEnumerable<string> Names =>
        Schema.Columns.ToArray().Select(column => column.Name).Where(name => !HiddenColumns.IsHidden(name));

    public static RowScope Of(LogicalPlan plan) => new(plan.Schema, plan.IsSerialized);

    public BoundColumn? Find(string name) =>
        Schema.IndexOf(name) is >= 0 and var index ? new BoundColumn(index, name, Schema[index].Type) : null;
}
