using Bongsu.Query.Execution;
using Bongsu.Store.Scan;

namespace Bongsu.Conformance;

/// <summary>The empty database that cases run against.</summary>
internal sealed class NoTables : ITableSource
{
    public TableSnapshot? Snapshot(string table) => null;
}
