using Bongsu.Core.Kernels;

namespace Bongsu.Tests.Core.Kernels;

public sealed class BitPackingTests
{
    [Fact]
    public void Unpack_AnyWidthAndLength_GivesBackWhatWasPacked()
    {
        var random = new Random(3);
        for (int bits = 0; bits <= 64; bits++)
        {
            foreach (int count in (int[])[1, 7, 8, 9, 31, 64, 333])
            {
                long min = random.NextInt64(long.MinValue, long.MaxValue);
                long[] values = [.. Enumerable.Range(0, count).Select(_ => unchecked(min + Masked(random, bits)))];
                byte[] packed = new byte[BitPacking.PackedBytes(count, bits) + BitPacking.SlackBytes];
                BitPacking.Pack(values, min, bits, packed);
                random.NextBytes(packed.AsSpan(BitPacking.PackedBytes(count, bits))); // the next group's

                long[] longs = new long[count];
                BitPacking.Unpack(packed, bits, min, longs.AsSpan());
                Assert.Equal(values, longs);

                int[] ints = new int[count];
                BitPacking.Unpack(packed, bits, min, ints.AsSpan());
                Assert.Equal(values.Select(value => unchecked((int)value)), ints);
            }
        }
    }

    private static long Masked(Random random, int bits) =>
        bits == 64 ? random.NextInt64(long.MinValue, long.MaxValue) : random.NextInt64() & ((1L << bits) - 1);
}
