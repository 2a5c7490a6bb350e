using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Encodings;

public sealed class RowGroupsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Wanted_rows_are_the_same_as_when_all_are_decoded(int seed)
    {
        var random = new Random(seed);
        int rowCount = random.Next(1, 12_000);
        foreach (long[] values in Shapes(random, rowCount))
        {
            AssertSame(new FixedVector<long>(ScalarType.Long, values, rowCount), random);
            AssertSame(
                new FixedVector<int>(ScalarType.Int, Array.ConvertAll(values, value => (int)value), rowCount), random);
            AssertSame(
                new FixedVector<double>(ScalarType.Real, Array.ConvertAll(values, value => (value % 100_000) / 100.0), rowCount), random);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Few_rows_are_the_same_as_when_all_are_decoded(int seed)
    {
        var random = new Random(seed);
        int rowCount = random.Next(1, 12_000);
        int picked = 0;
        foreach (long[] values in Shapes(random, rowCount))
        {
            var codes = new StringVector(TextsOf(50), Array.ConvertAll(values, value => (int)((ulong)value % 50)), rowCount);
            foreach (Vector vector in (Vector[])[new FixedVector<long>(ScalarType.DateTime, values, rowCount), codes])
            {
                int[] rows = [.. Enumerable.Range(0, rowCount).Where(_ => random.Next(20) == 0)];
                if (VectorDecoder.TryDecodeRows(Encode(vector), vector.Type, rowCount, rows) is { } found)
                {
                    picked++;
                    RandomVectors.AssertEqual(vector.Gather(rows), found);
                }
            }
        }

        Assert.NotEqual(0, picked);
    }

    private static Utf8Values TextsOf(int count)
    {
        var texts = new Utf8Buffer(count);
        for (int text = 0; text < count; text++)
        {
            texts.Append(System.Text.Encoding.UTF8.GetBytes("text " + text));
        }

        return texts.Build();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_group_without_a_value_of_the_range_is_left_out_and_no_other(int seed)
    {
        var random = new Random(seed);
        const int RowCount = 10_000;
        int leftOut = 0;
        foreach (long[] values in Shapes(random, RowCount))
        {
            long one = values[random.Next(RowCount)];
            long other = values[random.Next(RowCount)];
            RowGroups wanted = RowGroups.InRange(Math.Min(one, other), Math.Max(one, other), RowCount);
            var vector = new FixedVector<long>(ScalarType.DateTime, values, RowCount);
            var decoded = (FixedVector<long>)VectorDecoder.Decode(Encode(vector), ScalarType.DateTime, RowCount, wanted: wanted);
            for (int row = 0; row < RowCount; row++)
            {
                bool isWanted = wanted.Wants(row / RowGroups.GroupRows);
                bool isInside = values[row] >= Math.Min(one, other) && values[row] <= Math.Max(one, other);
                Assert.True(isWanted || !isInside);
                Assert.True(!isWanted || decoded[row] == values[row]);
            }

            leftOut += Enumerable.Range(0, wanted.Count).Count(group => !wanted.Wants(group));
        }

        Assert.NotEqual(0, leftOut);
    }

    [Fact]
    public void Sums_that_do_not_fit_their_groups_are_damage_or_other_values_but_nothing_worse()
    {
        var random = new Random(7);
        byte[] bytes = Encode(new FixedVector<long>(ScalarType.DateTime, Ascending(random, 5000), 5000));
        for (int attempt = 0; attempt < 3000; attempt++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.Next(2, damaged.Length)] ^= (byte)(1 << random.Next(8));
            RowGroups wanted = random.Next(2) == 0
                ? RowGroups.InRange(random.NextInt64(), long.MaxValue, 5000)
                : RowGroups.Of([random.Next(5000)], 5000);
            try
            {
                _ = VectorDecoder.Decode(damaged, ScalarType.DateTime, 5000, wanted: random.Next(3) == 0 ? null : wanted);
            }
            catch (CorruptDataException)
            {
                // As it should be.
            }
        }
    }

    private static IEnumerable<long[]> Shapes(Random random, int rowCount)
    {
        yield return Ascending(random, rowCount);
        yield return [.. Ascending(random, rowCount / 2), .. Ascending(random, rowCount - (rowCount / 2))];
        yield return [.. Ascending(random, rowCount).Select(value => value + long.MaxValue - 1000)];
        yield return [.. Enumerable.Range(0, rowCount).Select(row => row * 5000L)];
        yield return [.. Enumerable.Range(0, rowCount).Select(_ => random.NextInt64(1 << 20))];
        yield return [.. Enumerable.Range(0, rowCount).Select(_ => (long)(Math.Exp(12 * random.NextDouble()) * random.Next(100)))];
        yield return [.. Enumerable.Range(0, rowCount).Select(_ => (random.Next(5) * 100L) + 200)];
        yield return [.. Enumerable.Range(0, rowCount).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))];
    }

    private static long[] Ascending(Random random, int rowCount)
    {
        long[] values = new long[rowCount];
        long value = random.NextInt64(1L << 59);
        for (int row = 0; row < rowCount; row++)
        {
            values[row] = value += random.Next(0, 2000) * 10_000L;
        }

        return values;
    }

    private static void AssertSame<T>(FixedVector<T> vector, Random random)
        where T : unmanaged
    {
        byte[] bytes = Encode(vector);
        int[] rows = [.. Enumerable.Range(0, vector.Length).Where(_ => random.Next(3000) == 0)];
        Vector all = VectorDecoder.Decode(bytes, vector.Type, vector.Length);
        Vector some = VectorDecoder.Decode(bytes, vector.Type, vector.Length, wanted: RowGroups.Of(rows, vector.Length));
        for (int row = 0; row < vector.Length; row++)
        {
            Assert.Equal(vector[row], ((FixedVector<T>)all)[row]);
        }

        foreach (int row in rows)
        {
            Assert.Equal(vector[row], ((FixedVector<T>)some)[row]);
        }
    }

    private static byte[] Encode(Vector vector)
    {
        var writer = new ByteWriter();
        VectorEncoder.Encode(vector, EncodingEffort.Part, writer);
        return writer.Written.ToArray();
    }
}
