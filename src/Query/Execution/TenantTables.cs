using Bongsu.Core.Types;
using Bongsu.Query.Kql;
using Bongsu.Store;
using Bongsu.Store.Scan;

namespace Bongsu.Query.Execution;

/// <summary>The tables of one tenant: what its queries may name and read.</summary>
public sealed class TenantTables : ITableSource, IQueryCatalog
{
    private readonly Database _database;
    private readonly string _tenant;

    /// <summary>Binds a tenant.</summary>
    public TenantTables(Database database, string tenant)
    {
        _database = database;
        _tenant = tenant;
    }

    /// <inheritdoc/>
    public IEnumerable<string> TableNames => _database.Tables(_tenant).Select(table => table.Name);

    /// <inheritdoc/>
    public Schema? FindTable(string name) => _database.FindTable(_tenant, name)?.Schema;

    /// <inheritdoc/>
    public TableSnapshot? Snapshot(string table) => _database.FindTable(_tenant, table)?.Snapshot();
}
