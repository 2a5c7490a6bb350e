using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Tests.Query.Functions.Aggregates;

public sealed class RankSelectorTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 100)]
    [InlineData(3, 4095)]
    [InlineData(4, 4096)]
    [InlineData(5, 30_000)]
    public void Select_AnyDistribution_EqualsSort(int seed, int count)
    {
        var random = new Random(seed);
        Func<long>[] distributions =
        [
            () => random.NextInt64(long.MinValue, long.MaxValue),
            () => random.Next(3),
            () => 7,
            () => random.Next(50) == 0 ? long.MinValue : random.Next(2) == 0 ? long.MaxValue : random.Next(100),
            () => BitConverter.DoubleToInt64Bits(-Math.Log(random.NextDouble())),
            () => random.Next(1000) == 0 ? random.NextInt64() : random.Next(100_000),
        ];
        foreach (Func<long> next in distributions)
        {
            long[] values = [.. Enumerable.Range(0, count).Select(_ => next())];
            var segments = new List<ArraySegment<long>>();
            for (int start = 0; start < count;)
            {
                int length = Math.Min(count - start, random.Next(1, 9000));
                segments.Add(new ArraySegment<long>(values, start, length));
                start += length;
            }

            int[] ranks = [.. new[] { 0, count / 2, count / 2, count * 95 / 100, count - 1, random.Next(count) }.Order()];
            long[] results = new long[ranks.Length];
            RankSelector.Select(segments, count, ranks, results);
            long[] sorted = [.. values.Order()];
            Assert.Equal(ranks.Select(rank => sorted[rank]), results);
        }
    }
}
