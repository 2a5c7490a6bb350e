using Bongsu.LogBench.Answers;

namespace Bongsu.LogBench.Queries;

/// <summary>One question, in the words of each engine, and what its answer must be.</summary>
/// <param name="Name">Q1 and so on.</param>
/// <param name="Title">What is asked.</param>
/// <param name="Kql">For Bongsu.</param>
/// <param name="ClickHouse">For ClickHouse.</param>
/// <param name="DuckDb">For DuckDB.</param>
/// <param name="Check">Throws <see cref="WrongAnswerException"/> where the answer is not the expected one.</param>
internal sealed record BenchQuery(
    string Name, string Title, string Kql, string ClickHouse, string DuckDb, Action<Answer, AnswerCheck> Check)
{
    /// <summary>For ClickHouse with a text index, where it differs.</summary>
    public string? ClickHouseText { get; init; }
}
