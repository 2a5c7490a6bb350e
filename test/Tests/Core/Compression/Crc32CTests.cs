using System.Text;
using Bongsu.Core.Compression;

namespace Bongsu.Tests.Core.Compression;

public sealed class Crc32CTests
{
    [Fact]
    public void Compute_CheckString_GivesTheCheckValue() =>
        Assert.Equal(0xE3069283u, Crc32C.Compute(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void Compute_AnyLength_EqualsByteByByte()
    {
        byte[] bytes = new byte[20_000];
        new Random(2).NextBytes(bytes);
        foreach (int length in (int[])[0, 1, 7, 8, 3071, 3072, 3073, 6144, 10_000, 20_000])
        {
            uint state = uint.MaxValue;
            foreach (byte value in bytes.AsSpan(0, length))
            {
                state ^= value;
                for (int bit = 0; bit < 8; bit++)
                {
                    state = (state >> 1) ^ ((state & 1) != 0 ? 0x82F63B78u : 0);
                }
            }

            Assert.Equal(~state, Crc32C.Compute(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Append_InPieces_EqualsTheWhole()
    {
        byte[] bytes = new byte[1000];
        new Random(1).NextBytes(bytes);
        for (int cut = 0; cut < bytes.Length; cut += 37)
        {
            Assert.Equal(Crc32C.Compute(bytes), Crc32C.Append(Crc32C.Compute(bytes.AsSpan(0, cut)), bytes.AsSpan(cut)));
        }
    }
}
