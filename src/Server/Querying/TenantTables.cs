using Bongsu.Core.Types;
using Bongsu.Query.Kql;
using Bongsu.Store;

namespace Bongsu.Server.Querying;

/// <summary>The tables one tenant's query may name: nothing of another tenant can be reached through it.</summary>
internal sealed class TenantTables(Database database, string tenant) : IQueryCatalog
{
    /// <inheritdoc/>
    public IEnumerable<string> TableNames => database.Tables(tenant).Select(table => table.Name);

    /// <inheritdoc/>
    public Schema? FindTable(string name) => database.FindTable(tenant, name)?.Schema;
}
