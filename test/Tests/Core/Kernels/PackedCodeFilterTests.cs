using Bongsu.Core.Kernels;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Kernels;

public sealed class PackedCodeFilterTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void And_AnyCodesAndLength_EqualsCodeFilter(int bits)
    {
        if (!PackedCodeFilter.IsSupported)
        {
            return;
        }

        var random = new Random(bits);
        foreach (int length in (int[])[1, 15, 16, 63, 64, 65, 127, 1000, 1024])
        {
            for (int round = 0; round < 20; round++)
            {
                long[] codes = [.. Enumerable.Range(0, length).Select(_ => random.NextInt64(1 << bits))];
                byte[] packed = new byte[BitPacking.PackedBytes(length, bits) + BitPacking.SlackBytes];
                BitPacking.Pack(codes, 0, bits, packed);
                packed.AsSpan(^BitPacking.SlackBytes).Fill(0xFF); // of whatever comes next
                bool[] keeps = [.. Enumerable.Range(0, 1 << bits).Select(_ => random.Next(4) < round % 4)];
                var selection = new Bitmap(length);
                for (int row = 0; row < length; row++)
                {
                    selection[row] = random.Next(8) > 0;
                }

                var expected = new Bitmap(length, selection.Words.ToArray());
                CodeFilter.And(expected, Array.ConvertAll(codes, code => (int)code), keeps);
                PackedCodeFilter.And(selection.Words, packed, bits, keeps);
                Assert.Equal(expected.Words.ToArray(), selection.Words.ToArray());
            }
        }
    }
}
