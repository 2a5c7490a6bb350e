using Bongsu.Core.Types;

namespace Bongsu.Query.Kql;

/// <summary>The tables a query may name, of one tenant; a snapshot while one query is compiled.</summary>
public interface IQueryCatalog
{
    /// <summary>All table names, for wildcards and suggestions.</summary>
    IEnumerable<string> TableNames { get; }

    /// <summary>The columns of a table, or null where there is none of that name (case-sensitive).</summary>
    Schema? FindTable(string name);
}
