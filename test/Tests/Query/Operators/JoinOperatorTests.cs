using Bongsu.Core.Types;
using Bongsu.Query.Plan;
using Bongsu.Tests.Query.Execution;

namespace Bongsu.Tests.Query.Operators;

public sealed class JoinOperatorTests
{
    private static readonly Schema s_leftSchema = Rows.Schema(("k", ScalarType.Long), ("a", ScalarType.String));
    private static readonly Schema s_rightSchema = Rows.Schema(("k1", ScalarType.Long), ("b", ScalarType.String));

    public static TheoryData<JoinKind, int> Kinds()
    {
        var kinds = new TheoryData<JoinKind, int>();
        foreach (JoinKind kind in Enum.GetValues<JoinKind>())
        {
            kinds.Add(kind, 1);
            kinds.Add(kind, 2);
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Join_OfEveryKind_EqualsNestedLoops(JoinKind kind, int seed)
    {
        var random = new Random(seed);
        object?[][] left = Table(random, "l");
        object?[][] right = Table(random, "r");
        var leftPlan = new ValuesPlan(Rows.Of(s_leftSchema, left));
        var rightPlan = new ValuesPlan(Rows.Of(s_rightSchema, right));
        Column[] columns = kind switch
        {
            JoinKind.LeftSemi or JoinKind.LeftAnti => s_leftSchema.Columns.ToArray(),
            JoinKind.RightSemi or JoinKind.RightAnti => s_rightSchema.Columns.ToArray(),
            _ => [.. s_leftSchema.Columns, .. s_rightSchema.Columns],
        };
        var plan = new JoinPlan(
            leftPlan, rightPlan, kind, [Rows.Column(leftPlan, "k")], [Rows.Column(rightPlan, "k1")], new Schema(columns));

        List<string> expected = Naive(kind, left, right).Select(row => string.Join("|", row.Select(cell => cell ?? "∅")))
            .Order(StringComparer.Ordinal).ToList();
        foreach (int batchRows in new[] { 2, 65536 })
        {
            Assert.Equal(expected, Rows.Run(plan, batchRows).Order(StringComparer.Ordinal).ToList());
        }
    }

    private static object?[][] Table(Random random, string prefix) => Enumerable.Range(0, 30)
        .Select(row => new object?[] { random.Next(6) == 0 ? null : (long)random.Next(12) + (prefix == "r" ? 4 : 0), prefix + row })
        .ToArray();

    private static IEnumerable<object?[]> Naive(JoinKind kind, object?[][] left, object?[][] right)
    {
        object?[][] unique = left.Where(row => row[0] is not null).DistinctBy(row => row[0]).ToArray();
        object?[] missing = [null, ""];
        bool Match(object?[] one, object?[] other) => one[0] is not null && Equals(one[0], other[0]);
        IEnumerable<object?[]> Pairs(object?[][] from) =>
            from.SelectMany(one => right.Where(other => Match(one, other)).Select(other => (object?[])[.. one, .. other]));
        IEnumerable<object?[]> leftOnly = left.Where(one => !right.Any(other => Match(one, other)));
        IEnumerable<object?[]> rightOnly = right.Where(other => !left.Any(one => Match(one, other)));
        IEnumerable<object?[]> leftPadded = leftOnly.Select(one => (object?[])[.. one, .. missing]);
        IEnumerable<object?[]> rightPadded = rightOnly.Select(other => (object?[])[.. missing, .. other]);
        return kind switch
        {
            JoinKind.InnerUnique => Pairs(unique),
            JoinKind.Inner => Pairs(left),
            JoinKind.LeftOuter => Pairs(left).Concat(leftPadded),
            JoinKind.RightOuter => Pairs(left).Concat(rightPadded),
            JoinKind.FullOuter => Pairs(left).Concat(leftPadded).Concat(rightPadded),
            JoinKind.LeftSemi => left.Where(one => right.Any(other => Match(one, other))),
            JoinKind.RightSemi => right.Where(other => left.Any(one => Match(one, other))),
            JoinKind.LeftAnti => leftOnly,
            _ => rightOnly,
        };
    }
}
