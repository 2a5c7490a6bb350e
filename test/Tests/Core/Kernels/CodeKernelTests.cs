using Bongsu.Core.Kernels;
using Bongsu.Core.Vectors;

namespace Bongsu.Tests.Core.Kernels;

/// <summary>Loops over vectors of rows give what loops over rows give.</summary>
public sealed class CodeKernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100)]
    public void Codes_AnyDomainAndLength_EqualsNaive(int domain)
    {
        var random = new Random(domain);
        foreach (int length in (int[])[0, 1, 63, 64, 65, 200, 5000])
        {
            int[] codes = [.. Enumerable.Range(0, length).Select(_ => random.Next(domain))];
            int[] counts = new int[domain];
            int[] tables = new int[4 * domain];
            CodeCounts.Add(codes, counts);
            CodeCounts.AddToFour(codes, domain, tables);
            for (int kept = 0; kept <= Math.Min(domain, 7); kept++)
            {
                bool[] keeps = new bool[domain];
                for (int code = 0; code < kept; code++)
                {
                    keeps[random.Next(domain)] = true;
                }

                var selection = new Bitmap(length);
                var expected = new Bitmap(length);
                for (int row = 0; row < length; row++)
                {
                    selection[row] = random.Next(3) > 0;
                    expected[row] = selection[row] && keeps[codes[row]];
                }

                CodeFilter.And(selection, codes, keeps);
                Assert.Equal(expected.Words.ToArray(), selection.Words.ToArray());
            }

            for (int code = 0; code < domain; code++)
            {
                Assert.Equal(codes.Count(other => other == code), counts[code]);
                Assert.Equal(counts[code], tables[code] + tables[domain + code] + tables[(2 * domain) + code] + tables[(3 * domain) + code]);
            }
        }
    }

    [Fact]
    public void RunStarts_AnyLength_EqualsNaive()
    {
        var random = new Random(4);
        foreach (int length in (int[])[1, 2, 63, 64, 65, 128, 129, 1000])
        {
            long[] values = new long[length];
            for (int row = 1; row < length; row++)
            {
                values[row] = random.Next(5) == 0 ? random.NextInt64() : values[row - 1];
            }

            ulong[] words = new ulong[(length + 63) >> 6];
            ulong[] narrow = new ulong[words.Length];
            RunStarts.Mark<long>(values, words);
            RunStarts.Mark<int>([.. values.Select(value => (int)(value >> 32))], narrow);
            for (int row = 0; row < length; row++)
            {
                Assert.Equal(row > 0 && values[row] != values[row - 1], (words[row >> 6] >> (row & 63) & 1) != 0);
                Assert.Equal(row > 0 && values[row] >> 32 != values[row - 1] >> 32, (narrow[row >> 6] >> (row & 63) & 1) != 0);
            }
        }
    }

    [Fact]
    public void RangeFilter_AnyLength_EqualsNaive()
    {
        var random = new Random(9);
        foreach (int length in (int[])[1, 7, 8, 63, 64, 65, 300])
        {
            foreach ((long min, long max) in ((long, long)[])[(-5, 5), (long.MinValue, 0), (3, long.MaxValue), (long.MinValue, long.MaxValue), (5, 4)])
            {
                long[] values = [.. Enumerable.Range(0, length).Select(_ => random.Next(3) switch
                {
                    0 => long.MinValue, 1 => long.MaxValue, _ => (long)random.Next(-9, 9),
                })];
                ulong[] words = new ulong[(length + 63) >> 6];
                RangeFilter.Mark(values, min, max, words);
                for (int row = 0; row < length; row++)
                {
                    Assert.Equal(values[row] >= min && values[row] <= max, (words[row >> 6] >> (row & 63) & 1) != 0);
                }
            }
        }
    }
}
