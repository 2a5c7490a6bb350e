using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;

namespace Bongsu.Tests.Query.Functions.Aggregates;

/// <summary>Percentiles of rules: bounded memory, near the right value, the same in any order and grouping.</summary>
public sealed class BoundedPercentileTests
{
    private static readonly double[] s_percentages = [0, 1, 50, 95, 99, 100];

    [Theory]
    [InlineData("real", 1000, 0)]
    [InlineData("real", 50_000, 0.02)]
    [InlineData("long", 1000, 0)]
    [InlineData("long", 50_000, 0.02)]
    [InlineData("decimal", 1000, 0)]
    [InlineData("decimal", 20_000, 0.02)]
    [InlineData("timespan", 50_000, 0.02)]
    [InlineData("datetime", 50_000, 1e-6)]
    public void Finish_AnyOrderAndGrouping_IsTheSameAndNearTheRightValue(string type, int count, double mostRelativeError)
    {
        var random = new Random(count);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => Math.Exp(random.NextDouble() * Math.Log(1000)) * (random.Next(5) == 0 ? -1 : 1))];
        AggregateKernel kernel = Bind(type);
        AggregateState exact = kernel.CreateState();
        Fill(exact, type, values);
        AggregateState whole = kernel.CreateBoundedState();
        Fill(whole, type, values);

        // Cut anywhere, shuffled, from bytes, and merged in another order.
        random.Shuffle(values);
        var parts = new List<AggregateState>();
        for (int from = 0; from < count;)
        {
            int to = Math.Min(count, from + 1 + random.Next(count / 2));
            AggregateState part = kernel.CreateBoundedState();
            Fill(part, type, values[from..to]);
            parts.Add(random.Next(2) == 0 ? part : RoundTrip(kernel, part));
            from = to;
        }

        AggregateState merged = kernel.CreateBoundedState();
        merged.EnsureGroups(1);
        parts.Reverse();
        parts.ForEach(part => merged.Merge(part, [0]));

        double[] right = Numbers(exact);
        double[] near = Numbers(whole);
        Assert.Equal(near, Numbers(merged));
        Assert.Equal(near, Numbers(RoundTrip(kernel, merged)));
        Assert.Equal(mostRelativeError > 0, whole.IsEstimate);
        Assert.Equal(mostRelativeError > 0, merged.IsEstimate);
        for (int index = 0; index < right.Length; index++)
        {
            Assert.InRange(near[index], right[index] - (mostRelativeError * Math.Abs(right[index])), right[index] + (mostRelativeError * Math.Abs(right[index])));
        }
    }

    [Fact]
    public void SizeBytes_AnyNumberOfRows_IsBounded()
    {
        var random = new Random(1);
        AggregateState state = Bind("real").CreateBoundedState();
        for (int batch = 0; batch < 200; batch++)
        {
            Fill(state, "real", [.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble() * Math.Pow(10, random.Next(-300, 300)))]);
            Assert.InRange(state.SizeBytes, 1, 70_000);
        }

        _ = state.Finish(1);
        Assert.InRange(state.SizeBytes, 1, 34_000); // 20 kB where the values are not of all magnitudes there are
    }

    [Fact]
    public void Finish_StrangeNumbers_StayWhatTheyAre()
    {
        double[] many = [.. Enumerable.Range(0, 5000).Select(row => row + 0.5)];
        AggregateState state = Bind("real").CreateBoundedState();
        Fill(state, "real", [.. many, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, -double.MaxValue]);
        double[] numbers = Numbers(state);
        Assert.Equal(double.NegativeInfinity, numbers[0]);
        Assert.Equal(double.PositiveInfinity, numbers[^1]);
        Assert.InRange(numbers[2], 2450, 2550);

        AggregateState longs = Bind("long").CreateBoundedState();
        Fill(longs, "long", [.. many, long.MinValue, long.MaxValue]);
        double[] whole = Numbers(longs);
        Assert.Equal(long.MinValue, whole[0]);
        Assert.InRange(whole[^1], long.MaxValue * 0.99, long.MaxValue);
        Assert.InRange(whole[2], 2_450_000, 2_550_000);
    }

    [Fact]
    public void Read_DamagedBytes_SaysSo()
    {
        AggregateKernel kernel = Bind("real");
        AggregateState state = kernel.CreateBoundedState();
        Fill(state, "real", [.. Enumerable.Range(0, 3000).Select(row => row * 1.5)]);
        using var memory = new MemoryStream();
        state.Write(new BinaryWriter(memory), 1);
        byte[] bytes = memory.ToArray();
        for (int place = 0; place < 6; place++)
        {
            byte[] damaged = [.. bytes];
            damaged[place] ^= 0xff;
            Exception? thrown = Record.Exception(() => kernel.CreateBoundedState().Read(new BinaryReader(new MemoryStream(damaged)), 1));
            Assert.True(thrown is InvalidDataException or EndOfStreamException or null, thrown?.ToString());
        }
    }

    private static AggregateKernel Bind(string type) => FunctionRegistry.FindAggregate("percentiles")!.Bind(
        [new ScalarArgument(TypeOf(type), null, "x"), .. s_percentages.Select(percentage => new ScalarArgument(ScalarType.Real, Scalar.Of(percentage), null))]);

    private static ScalarType TypeOf(string name) => ScalarTypes.TryParse(name, out ScalarType type) ? type : throw new ArgumentException(name);

    private static void Fill(AggregateState state, string type, double[] values)
    {
        state.EnsureGroups(1);
        Vector vector = type switch
        {
            "real" => Build(ScalarType.Real, values, value => value),
            "long" => Build(ScalarType.Long, values, value => (long)(value * (Math.Abs(value) < 1e6 ? 1000 : 1))),
            "timespan" => Build(ScalarType.TimeSpan, values, value => (long)(value * 1e7)),
            "datetime" => Build(ScalarType.DateTime, values, value => new DateTime(2026, 11, 21).Ticks + (long)(value * 1e7)),
            _ => Build(ScalarType.Decimal, values, value => (decimal)value),
        };
        state.Update([vector], new int[values.Length]);
    }

    private static FixedVector<T> Build<T>(ScalarType type, double[] values, Func<double, T> convert)
        where T : unmanaged
    {
        var builder = new FixedVectorBuilder<T>(type);
        Array.ForEach(values, value => builder.Append(convert(value)));
        return (FixedVector<T>)builder.Build();
    }

    private static AggregateState RoundTrip(AggregateKernel kernel, AggregateState state)
    {
        using var memory = new MemoryStream();
        state.Write(new BinaryWriter(memory), 1);
        memory.Position = 0;
        AggregateState read = kernel.CreateBoundedState();
        read.Read(new BinaryReader(memory), 1);
        return read;
    }

    private static double[] Numbers(AggregateState state) => [
        .. state.Finish(1).Select(column => column switch
        {
            FixedVector<double> reals => reals[0],
            FixedVector<long> longs => longs[0],
            _ => (double)((FixedVector<decimal>)column)[0],
        }),
    ];
}
