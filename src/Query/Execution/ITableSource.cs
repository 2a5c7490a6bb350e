using Bongsu.Store.Scan;

namespace Bongsu.Query.Execution;

/// <summary>The stored tables of one tenant, as a running query reads them.</summary>
public interface ITableSource
{
    /// <summary>A table as it is now, or null where there is none of that name.</summary>
    TableSnapshot? Snapshot(string table);
}
