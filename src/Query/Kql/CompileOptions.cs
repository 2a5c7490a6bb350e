using Bongsu.Core.Types;

namespace Bongsu.Query.Kql;

/// <summary>What a request adds to the text of its query.</summary>
public sealed record CompileOptions
{
    /// <summary>Values for <c>declare query_parameters</c> and for names the query does not define, by name. Bound as
    /// values, never as text.</summary>
    public IReadOnlyDictionary<string, Scalar> Parameters { get; init; } = new Dictionary<string, Scalar>();

    /// <summary>Rows of stored tables with an earlier <c>timestamp</c> are left out (inclusive bound); long.MinValue
    /// for none.</summary>
    public long FromTicks { get; init; } = long.MinValue;

    /// <summary>Rows of stored tables with this or a later <c>timestamp</c> are left out (exclusive bound);
    /// long.MaxValue for none.</summary>
    public long ToTicks { get; init; } = long.MaxValue;

    /// <summary><c>now()</c>, fixed for the query: UTC ticks.</summary>
    public required long NowTicks { get; init; }

    /// <summary>True where rows that are aggregated keep the column <c>timestamp</c>, though the query does not use
    /// it.</summary>
    public bool KeepsTimestamp { get; init; }

    /// <summary>Most rows of the result, or null; the plan ends in a take of this many.</summary>
    public long? RowLimit { get; init; }
}
