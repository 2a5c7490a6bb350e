using Bongsu.Core.Kernels;

namespace Bongsu.Tests.Core.Kernels;

public sealed class PackedSumsTests
{
    [Fact]
    public void At_AnyWidthAndRows_GivesTheSumsOfAllBefore()
    {
        var random = new Random(11);
        for (int bits = 1; bits <= 64; bits++)
        {
            foreach (int count in (int[])[1, 8, 9, 100, PackedSums.MaxValues])
            {
                ulong most = ulong.MaxValue >> (64 - bits);
                long[] values = [.. Enumerable.Range(0, count).Select(_ => (long)(random.Next(3) == 0 ? most : most & (ulong)random.NextInt64()))];
                byte[] packed = new byte[BitPacking.PackedBytes(count, bits) + BitPacking.SlackBytes];
                BitPacking.Pack(values, 0, bits, packed);
                random.NextBytes(packed.AsSpan(BitPacking.PackedBytes(count, bits))); // the next group's
                const int Start = 2048;
                int[] rows = [.. Enumerable.Range(0, count).Where(row => row == count - 1 || random.Next(4) == 0).Select(row => row + Start)];
                ulong[] sums = new ulong[rows.Length];

                PackedSums.At(packed, bits, rows, Start, sums);

                ulong[] expected = Array.ConvertAll(rows, row => Sum(values.AsSpan(0, row - Start + 1)));
                Assert.Equal(expected, sums);
            }
        }
    }

    private static ulong Sum(ReadOnlySpan<long> values)
    {
        ulong sum = 0;
        foreach (long value in values)
        {
            sum = unchecked(sum + (ulong)value);
        }

        return sum;
    }
}
