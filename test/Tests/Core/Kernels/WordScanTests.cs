using Bongsu.Core.Kernels;

namespace Bongsu.Tests.Core.Kernels;

public sealed class WordScanTests
{
    [Fact]
    public void FindEnd_OnSlices_EqualsNaive()
    {
        var random = new Random(7);
        byte[] bytes = new byte[200];
        for (int round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            if (round % 2 == 0)
            {
                for (int index = 0; index < bytes.Length; index++)
                {
                    bytes[index] = (byte)"abcdefghijk/.-_0=([\u00e9"[random.Next(20)];
                }
            }

            ReadOnlySpan<byte> text = bytes.AsSpan(0, random.Next(1, bytes.Length));
            int start = random.Next(text.Length);
            int end = random.Next(start, text.Length + 1);
            int naive = start;
            bool hasDigit = false;
            for (; naive < end && !WordScan.IsEnd(text[naive]); naive++)
            {
                hasDigit |= text[naive] is >= (byte)'0' and <= (byte)'9';
            }

            Assert.Equal(naive, WordScan.FindEnd(text, start, end, out WordMarks found));
            Assert.Equal(hasDigit, (found & WordMarks.Digit) != 0);
            Assert.Equal(text[start..naive].Contains((byte)':'), (found & WordMarks.Colon) != 0);
            int pathEnd = WordScan.FindPathEnd(text, start, end);
            Assert.True(pathEnd >= naive);
            Assert.DoesNotContain(text[start..pathEnd].ToArray(), value => WordScan.IsEnd(value) && value is not ((byte)'=' or (byte)'(' or (byte)'[' or (byte)'{'));
        }
    }
}
