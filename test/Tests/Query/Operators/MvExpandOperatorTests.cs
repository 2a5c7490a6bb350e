using System.Text;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Query.Plan;
using Bongsu.Tests.Query.Execution;

namespace Bongsu.Tests.Query.Operators;

public sealed class MvExpandOperatorTests
{
    private static readonly ValuesPlan s_table = new(Rows.Of(
        Rows.Schema(("n", ScalarType.Long), ("x", ScalarType.Dynamic), ("y", ScalarType.Dynamic)),
        [1L, Json("[1,\"2\",3.9]"), Json("[\"a\"]")],
        [2L, Json("[]"), Json("[]")],
        [3L, null, Json("[7]")],
        [4L, Json("{\"k\":1,\"l\":[2]}"), null],
        [5L, Json("5"), Json("\"s\"")]));

    [Fact]
    public void MvExpand_OneColumn_GivesARowPerElement()
    {
        List<string> rows = Expand(ScalarType.Dynamic, isPaired: false, kindArray: false, long.MaxValue);
        Assert.Equal(["1|1|0", "1|2|1", "1|3.9|2", "3|∅|0", "4|{\"k\":1}|0", "4|{\"l\":[2]}|1", "5|5|0"], rows);
    }

    [Fact]
    public void MvExpand_ToLong_CastsWithoutParsing()
    {
        List<string> rows = Expand(ScalarType.Long, isPaired: false, kindArray: true, 2);
        Assert.Equal(["1|1|0", "1|∅|1", "3|∅|0", "4|∅|0", "4|∅|1", "5|5|0"], rows);
    }

    [Fact]
    public void MvExpand_SideBySide_PadsTheShorter()
    {
        List<string> rows = Expand(ScalarType.Dynamic, isPaired: true, kindArray: true, long.MaxValue);
        Assert.Equal(
            ["1|1|a|0", "1|2|∅|1", "1|3.9|∅|2", "3|∅|7|0", "4|[\"k\",1]|∅|0", "4|[\"l\",[2]]|∅|1", "5|5|s|0"], rows);
    }

    private static byte[] Json(string json)
    {
        var writer = new DynamicWriter();
        Assert.True(DynamicJson.TryParse(Encoding.UTF8.GetBytes(json), writer));
        return writer.Written.ToArray();
    }

    private static List<string> Expand(ScalarType type, bool isPaired, bool kindArray, long limit)
    {
        var columns = new List<MvExpandColumn> { new(Rows.Column(s_table, "x"), 1) };
        if (isPaired)
        {
            columns.Add(new MvExpandColumn(Rows.Column(s_table, "y"), 2));
        }

        var keep = new ProjectPlan(
            s_table,
            [Rows.Column(s_table, "n"), Rows.Column(s_table, "x"), Rows.Column(s_table, "y")],
            s_table.Schema);
        Schema schema = Rows.Schema(("n", ScalarType.Long), ("x", type), ("y", ScalarType.Dynamic), ("i", ScalarType.Long));
        var plan = new MvExpandPlan(keep, columns, 3, kindArray, limit, schema);
        List<string> small = Rows.Run(plan);
        Assert.Equal(small, Rows.Run(plan, 65536));
        return isPaired ? small : small.Select(row => row.Split('|')).Select(cells => $"{cells[0]}|{cells[1]}|{cells[3]}").ToList();
    }
}
