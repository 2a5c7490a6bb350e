using System.Runtime.InteropServices;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Aggregates.States;

namespace Bongsu.Tests.Query.Functions.Aggregates;

public sealed class DistinctWideTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 3, 50)]
    [InlineData(1, 4, 40_000)]
    [InlineData(2, 4, 40_000)]
    public void Count_AnySizesWorkersAndRounds_EqualsSetOfValues(int workers, int dictionaries, int entries)
    {
        var random = new Random(entries + workers);
        var sources = new List<(SharedDictionary, Bitmap)>();
        var expected = new HashSet<UInt128>();
        for (int source = 0; source < dictionaries; source++)
        {
            // Distinct in one, some of them in others too; in the second one the first entry is the empty string.
            UInt128[] values =
                [.. Enumerable.Range(0, 2 * entries).Where(_ => random.Next(2) == 0).Select(value => (UInt128)(ulong)value * 0x9E3779B97F4A7C15)];
            var marks = new Bitmap(values.Length);
            int empty = source == 1 && values.Length > 0 ? 0 : -1;
            for (int entry = 0; entry < values.Length; entry++)
            {
                marks[entry] = random.Next(5) > 0;
                if (marks[entry] && entry != empty)
                {
                    expected.Add(values[entry]);
                }
            }

            byte[] bytes = MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
            sources.Add((new SharedDictionary(IdentifierForm.Hex, 16, bytes, values.Length, empty), marks));
        }

        foreach (int round in (int[])[1, 30_000, int.MaxValue])
        {
            Assert.Equal(expected.Count, new DistinctWide(sources, workers, round).Count());
        }
    }
}
