using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;
using Bongsu.Tests.Query.Execution;

namespace Bongsu.Tests.Query.Functions.Aggregates;

public sealed class AggregateValueTests
{
    [Theory]
    [InlineData(75, 20)]
    [InlineData(0, 10)]
    [InlineData(100, 40)]
    [InlineData(50, 20)]
    [InlineData(44, 10)]
    public void Percentile_NearestRank_AsDocumented(long percentage, long expected)
    {
        long[] values = [.. Enumerable.Repeat(10L, 8), .. Enumerable.Repeat(20L, 6), .. Enumerable.Repeat(30L, 3), 40];
        AggregateKernel plain = Rows.Aggregate(
            "percentile", new ScalarArgument(ScalarType.Int, null, "x"), new ScalarArgument(ScalarType.Long, Scalar.Of(percentage), null));
        Assert.Equal(new AggregateOutput($"percentile_x_{percentage}", ScalarType.Long), plain.Outputs[0]);
        Assert.Equal(expected, Run(plain, Longs(values.Reverse().ToArray())).Value);

        AggregateKernel weighted = Rows.Aggregate(
            "percentilew",
            new ScalarArgument(ScalarType.Long, null, "x"),
            new ScalarArgument(ScalarType.Int, null, "w"),
            new ScalarArgument(ScalarType.Long, Scalar.Of(percentage), null));
        Assert.Equal(expected, Run(weighted, Longs(30, 10, 40, 20), Longs(3, 8, 1, 6)).Value);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(5000)]
    public void Percentile_ManyValues_EqualsSorting(int count)
    {
        var random = new Random(count);
        double[] values = Enumerable.Range(0, count).Select(_ => Math.Round(random.NextDouble() * 50)).ToArray();
        double[] sorted = values.Order().ToArray();
        foreach (double percentage in new[] { 0.1, 5, 50, 95, 99.9 })
        {
            AggregateKernel kernel = Rows.Aggregate(
                "percentile", new ScalarArgument(ScalarType.Real, null, "x"), new ScalarArgument(ScalarType.Real, Scalar.Of(percentage), null));
            double expected = sorted[(int)Math.Ceiling(percentage / 100 * count) - 1];
            Assert.Equal(expected, Run(kernel, new FixedVector<double>(ScalarType.Real, values.ToArray(), count)).Value);
        }
    }

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(20_000, 0.02)]
    [InlineData(300_000, 0.02)]
    public void DCount_OfLongs_IsExactForFewAndNearForMany(int count, double tolerance)
    {
        AggregateKernel kernel = Rows.Aggregate("dcount", new ScalarArgument(ScalarType.Long, null, "x"));
        long[] values = Enumerable.Range(0, 2 * count).Select(value => value % count * 1_000_003L).ToArray();
        long estimate = (long)Run(kernel, Longs(values)).Value!;
        Assert.InRange(Math.Abs(estimate - count), 0, tolerance * count);
    }

    [Fact]
    public void Variance_OfSample_AsDefined()
    {
        double[] values = [1, 2, 3, 4, 5];
        var vector = new FixedVector<double>(ScalarType.Real, values, 5);
        var x = new ScalarArgument(ScalarType.Real, null, "x");
        Assert.Equal(2.5, Run(Rows.Aggregate("variance", x), vector).Value);
        Assert.Equal(2.0, Run(Rows.Aggregate("variancep", x), vector).Value);
        Assert.Equal(Math.Sqrt(2.5), Run(Rows.Aggregate("stdev", x), vector).Value);
        Assert.Equal(2.5, Run(Rows.Aggregate("covariance", x, x), vector, vector).Value);
    }

    [Fact]
    public void Finish_OfNothing_GivesDefaults()
    {
        string[] expected =
        [
            "count 0", "dcount 0", "count_distinct 0", "sum 0", "avg NaN", "stdev 0", "variance 0", "make_list []", "make_set []",
            "max ", "min ", "take_any ", "arg_max ", "percentiles_array ",
        ];
        foreach (string line in expected)
        {
            string name = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            var x = new ScalarArgument(ScalarType.Long, null, "x");
            AggregateKernel kernel = name == "percentiles_array"
                ? Rows.Aggregate(name, x, new ScalarArgument(ScalarType.Long, Scalar.Of(5L), null))
                : Rows.Aggregate(name, x);
            AggregateState state = kernel.CreateState();
            state.EnsureGroups(1);
            Assert.Equal(line, $"{name} {ScalarText.Format(state.Finish(1)[0].GetScalar(0))}");
        }
    }

    [Theory]
    [InlineData("sum", "sum() expects a number or a timespan, got string")]
    [InlineData("sumif", "sumif() expects 2 to 4 argument(s), got 1")]
    public void Bind_OfWrongArguments_SaysWhatIsExpected(string function, string message)
    {
        FunctionException error = Assert.Throws<FunctionException>(() =>
            Rows.Aggregate(function, new ScalarArgument(ScalarType.String, null, "s")));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Names_OfResults_AsDocumented()
    {
        var x = new ScalarArgument(ScalarType.Long, null, "x");
        var p = new ScalarArgument(ScalarType.Bool, null, null);
        Assert.Equal("sumif_x", Rows.Aggregate("sumif", x, p).Outputs[0].DefaultName);
        Assert.Equal("list_x", Rows.Aggregate("make_list_if", x, p).Outputs[0].DefaultName);
        Assert.Equal("set_x", Rows.Aggregate("make_set", x).Outputs[0].DefaultName);
        Assert.Equal("x", Rows.Aggregate("arg_max", x).Outputs[0].DefaultName);
        Assert.Equal("count_", Rows.Aggregate("count").Outputs[0].DefaultName);
        Assert.Equal("avg_", Rows.Aggregate("avg", x with { Name = null }).Outputs[0].DefaultName);
        Assert.Equal("any_x", Rows.Aggregate("any", x).Outputs[0].DefaultName);
    }

    private static FixedVector<long> Longs(params long[] values) => new(ScalarType.Long, values, values.Length);

    private static Scalar Run(AggregateKernel kernel, params Vector[] arguments)
    {
        AggregateState state = kernel.CreateState();
        state.EnsureGroups(1);
        state.Update(arguments, new int[arguments[0].Length]);
        return state.Finish(1)[0].GetScalar(0);
    }
}
