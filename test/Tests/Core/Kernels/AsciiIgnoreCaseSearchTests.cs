using Bongsu.Core.Kernels;

namespace Bongsu.Tests.Core.Kernels;

public sealed class AsciiIgnoreCaseSearchTests
{
    [Fact]
    public void IndexOf_OnSlices_EqualsNaive()
    {
        var random = new Random(7);
        byte[] alphabet = "aAbBkK@`[{1\u00e9"u8.ToArray();
        byte[] text = new byte[400];
        for (int round = 0; round < 3000; round++)
        {
            int start = random.Next(0, 40);
            int length = random.Next(0, 120);
            for (int index = 0; index < text.Length; index++)
            {
                text[index] = alphabet[random.Next(alphabet.Length)];
            }

            ReadOnlySpan<byte> haystack = text.AsSpan(start, length);
            byte[] needle = text.AsSpan(random.Next(0, 300), random.Next(0, 6)).ToArray();
            for (int index = 0; index < needle.Length; index++)
            {
                needle[index] = AsciiIgnoreCaseSearch.ToLower(needle[index]);
            }

            Assert.Equal(Naive(haystack, needle), AsciiIgnoreCaseSearch.IndexOf(haystack, needle));
        }
    }

    private static int Naive(ReadOnlySpan<byte> text, ReadOnlySpan<byte> needle)
    {
        for (int start = 0; start + needle.Length <= text.Length; start++)
        {
            int matched = 0;
            while (matched < needle.Length && AsciiIgnoreCaseSearch.ToLower(text[start + matched]) == needle[matched])
            {
                matched++;
            }

            if (matched == needle.Length)
            {
                return start;
            }
        }

        return -1;
    }
}
