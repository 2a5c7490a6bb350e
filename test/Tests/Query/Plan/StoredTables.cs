using Bongsu.Core.Types;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Store;
using Bongsu.Store.Scan;

namespace Bongsu.Tests.Query.Plan;

/// <summary>The tables of a database's default tenant, for compiling and running.</summary>
internal sealed class StoredTables(Database database) : ITableSource, IQueryCatalog
{
    private const string Tenant = "default";

    public IEnumerable<string> TableNames => database.Tables(Tenant).Select(table => table.Name);

    public Schema? FindTable(string name) => database.FindTable(Tenant, name)?.Schema;

    public TableSnapshot? Snapshot(string table) => database.FindTable(Tenant, table)?.Snapshot();
}
