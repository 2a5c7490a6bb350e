using Bongsu.Core.Types;

namespace Bongsu.Query.Kql;

/// <summary>No tables: for queries that bring their own data (<c>print</c>, <c>range</c>, <c>datatable</c>).</summary>
public sealed class EmptyCatalog : IQueryCatalog
{
    private EmptyCatalog()
    {
    }

    /// <summary>The only one.</summary>
    public static EmptyCatalog Instance { get; } = new();

    /// <inheritdoc/>
    public IEnumerable<string> TableNames => [];

    /// <inheritdoc/>
    public Schema? FindTable(string name) => null;
}
