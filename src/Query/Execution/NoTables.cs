using Bongsu.Store.Scan;

namespace Bongsu.Query.Execution;

/// <summary>No tables: for queries that bring their own data.</summary>
public sealed class NoTables : ITableSource
{
    private NoTables()
    {
    }

    /// <summary>The only one.</summary>
    public static NoTables Instance { get; } = new();

    /// <inheritdoc/>
    public TableSnapshot? Snapshot(string table) => null;
}
