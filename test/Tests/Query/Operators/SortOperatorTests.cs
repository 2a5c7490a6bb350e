using Bongsu.Core.Types;
using Bongsu.Query.Plan;
using Bongsu.Tests.Query.Execution;

namespace Bongsu.Tests.Query.Operators;

public sealed class SortOperatorTests
{
    private static readonly ValuesPlan s_table = new(Rows.Of(
        Rows.Schema(("x", ScalarType.Real), ("s", ScalarType.String), ("n", ScalarType.Long)),
        [1.0, "b", 1L],
        [null, "a", 2L],
        [double.NaN, "abcdefghij", 3L],
        [double.NegativeInfinity, "abcdefghii", 4L],
        [1.0, "", 5L],
        [-3.5, "한", 6L]));

    [Theory]
    [InlineData("x", false, true, "2 3 4 6 1 5")]
    [InlineData("x", false, false, "4 6 1 5 3 2")]
    [InlineData("x", true, false, "1 5 6 4 3 2")]
    [InlineData("x", true, true, "2 3 1 5 6 4")]
    [InlineData("s", false, true, "5 2 4 3 1 6")]
    [InlineData("s", true, false, "6 1 3 4 2 5")]
    [InlineData("n", true, false, "6 5 4 3 2 1")]
    public void Sort_OneKey_PlacesNullsAndNaN(string key, bool isDescending, bool nullsFirst, string expected)
    {
        SortKey[] keys = [new SortKey(Rows.Column(s_table, key), isDescending, nullsFirst)];
        foreach (int batchRows in new[] { 2, 65536 })
        {
            Assert.Equal(expected, Numbers(Rows.Run(new SortPlan(s_table, keys), batchRows)));
            Assert.Equal(expected[..5], Numbers(Rows.Run(new TopPlan(s_table, 3, keys), batchRows)));
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void Top_ManyKeys_EqualsStableSort(int seed)
    {
        var random = new Random(seed);
        object?[][] rows = Enumerable.Range(0, 500).Select(row => new object?[]
        {
            random.Next(8) == 0 ? null : (double)random.Next(5), "k" + random.Next(4), (long)row,
        }).ToArray();
        var table = new ValuesPlan(Rows.Of(s_table.Schema, rows));
        SortKey[] keys =
        [
            new SortKey(Rows.Column(table, "s"), true, false), new SortKey(Rows.Column(table, "x"), false, true),
        ];
        string expected = string.Join(" ", rows
            .OrderByDescending(row => (string)row[1]!, StringComparer.Ordinal)
            .ThenBy(row => (double?)row[0] ?? double.NegativeInfinity)
            .Select(row => row[2]));
        Assert.Equal(expected, Numbers(Rows.Run(new SortPlan(table, keys), 7)));
        Assert.StartsWith(Numbers(Rows.Run(new TopPlan(table, 20, keys), 7)) + " ", expected + " ", StringComparison.Ordinal);
    }

    private static string Numbers(List<string> lines) => string.Join(" ", lines.Select(line => line.Split('|')[2]));
}
