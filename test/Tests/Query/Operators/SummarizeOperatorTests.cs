using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Query;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;
using Bongsu.Tests.Query.Execution;

namespace Bongsu.Tests.Query.Operators;

public sealed class SummarizeOperatorTests
{
    private static readonly Schema s_schema = Rows.Schema(("level", ScalarType.String), ("ms", ScalarType.Long), ("r", ScalarType.Real));

    private static readonly ValuesPlan s_logs = new(Rows.Of(
        s_schema,
        ["error", 10L, 1.5],
        ["error", null, double.NaN],
        ["info", 7L, null],
        ["error", 4L, -2.0],
        ["info", 9L, 0.25]));

    [Theory]
    [InlineData(2)]
    [InlineData(65536)]
    public void Summarize_ByString_SkipsNulls(int batchRows)
    {
        List<string> rows = Rows.Run(
            Rows.Summarize(s_logs, ["level"], ("count", null), ("sum", "ms"), ("avg", "ms"), ("max", "ms"), ("min", "r")), batchRows);
        Assert.Equal(["error|3|14|7|10|-2", "info|2|16|8|9|0.25"], rows);
    }

    [Fact]
    public void Summarize_WithoutRows_GivesOneRowWithoutKeysAndNoneWithKeys()
    {
        var empty = new ValuesPlan(Batch.Empty(s_schema));
        Assert.Equal(["0|0|NaN|∅"], Rows.Run(Rows.Summarize(empty, [], ("count", null), ("sum", "ms"), ("avg", "ms"), ("max", "ms"))));
        Assert.Empty(Rows.Run(Rows.Summarize(empty, ["level"], ("count", null))));
    }

    [Fact]
    public void Summarize_PastMemoryBudget_IsALimitError()
    {
        var many = new ValuesPlan(Rows.Of(
            Rows.Schema(("x", ScalarType.Long)), Enumerable.Range(0, 5000).Select(x => new object?[] { (long)x }).ToArray()));
        QueryException error = Assert.Throws<QueryException>(() => Rows.Run(
            Rows.Summarize(many, ["x"], ("count", null)), 100, new QueryLimits { MaxMemoryBytes = 20_000 }));
        Assert.Equal("limit", error.Code);
        Assert.Contains("summarize", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Summarize_ByManyKeys_EqualsNaive(int seed)
    {
        var random = new Random(seed);
        Schema schema = Rows.Schema(
            ("a", ScalarType.Long), ("b", ScalarType.String), ("c", ScalarType.Real), ("d", ScalarType.Bool), ("x", ScalarType.Long));
        object?[][] table = Enumerable.Range(0, 3000).Select(_ => new object?[]
        {
            random.Next(10) == 0 ? null : (long)random.Next(seed * 40),
            new string('a', random.Next(5)),
            random.Next(4) == 0 ? null : random.Next(3) == 0 ? double.NaN : random.Next(3) / 2.0,
            random.Next(3) == 0 ? null : random.Next(2) == 0,
            (long)random.Next(1000),
        }).ToArray();
        var plan = new ValuesPlan(Rows.Of(schema, table));

        List<string> expected = table
            .GroupBy(row => (row[0], row[1], row[2], row[3]))
            .Select(group => $"{group.Count()}|{group.Sum(row => (long)row[4]!)}")
            .Order(StringComparer.Ordinal).ToList();
        List<string> actual = Rows.Run(Rows.Summarize(plan, ["a", "b", "c", "d"], ("count", null), ("sum", "x")), 64)
            .Select(line => string.Join("|", line.Split('|')[4..]))
            .Order(StringComparer.Ordinal).ToList();
        Assert.Equal(expected, actual);
    }
}
