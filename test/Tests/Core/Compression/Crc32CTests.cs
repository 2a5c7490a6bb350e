using System.Text;
using Bongsu.Core.Compression;

namespace Bongsu.Tests.Core.Compression;

public sealed class Crc32CTests
{
    [Fact]
    public void Compute_CheckString_GivesTheCheckValue() =>
        Assert.Equal(0xE3069283u, Crc32C.Compute(Encoding.ASCII.GetBytes("123456789")));

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
