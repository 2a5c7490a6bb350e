namespace Bongsu.LogBench.Reporting;

/// <summary>Times of one query.</summary>
internal sealed record QueryFigures
{
    /// <summary>Q1 and so on.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is another form of the query before it.</summary>
    public bool IsVariant => Name.Contains(' ', StringComparison.Ordinal);

    /// <summary>What is asked.</summary>
    public required string Title { get; init; }

    /// <summary>First run, on the server.</summary>
    public required double FirstMs { get; init; }

    /// <summary>Median of the warm runs, on the server.</summary>
    public required double ServerMs { get; init; }

    /// <summary>Median of the warm runs, seen by the client over HTTP.</summary>
    public required double HttpMs { get; init; }
}
