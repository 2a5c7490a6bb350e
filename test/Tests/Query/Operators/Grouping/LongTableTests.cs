using Bongsu.Query.Operators.Grouping;

namespace Bongsu.Tests.Query.Operators.Grouping;

public sealed class LongTableTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 100)]
    [InlineData(2, 5_000)]
    [InlineData(3, 3_000_000)]
    [InlineData(4, long.MaxValue)]
    public void Assign_NearAndFarKeys_EqualsDictionary(int seed, long range)
    {
        var random = new Random(seed);
        foreach (long center in (long[])[0, -7, 1_000_000_000_000, long.MinValue, long.MaxValue])
        {
            var table = new LongTable();
            var expected = new Dictionary<long, int>();
            for (int batch = 0; batch < 30; batch++)
            {
                // The range moves away from the centre, now up, now down.
                long shift = batch * range / 8 * ((batch & 1) == 0 ? 1 : -1);
                long[] keys = [.. Enumerable.Range(0, random.Next(1, 300))
                    .Select(_ => unchecked(center + shift + random.NextInt64(range)))];
                int[] numbers = new int[keys.Length];
                table.Assign(keys, numbers);
                for (int row = 0; row < keys.Length; row++)
                {
                    if (!expected.TryGetValue(keys[row], out int number))
                    {
                        Assert.Equal(batch == 0 && row == 0 ? 0 : expected.Count, numbers[row]);
                        expected.Add(keys[row], number = expected.Count);
                    }

                    Assert.Equal(number, numbers[row]);
                    Assert.Equal(number, table.Find(keys[row]));
                }

                long unknown = random.NextInt64(long.MinValue, long.MaxValue);
                Assert.Equal(expected.GetValueOrDefault(unknown, -1), table.Find(unknown));
            }

            Assert.Equal(expected.Count, table.Count);
            Assert.Equal(expected.OrderBy(pair => pair.Value).Select(pair => pair.Key), table.Keys.ToArray());
        }
    }
}
