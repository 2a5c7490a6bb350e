using Bongsu.Alert.Bands;

namespace Bongsu.Tests.Alert.Bands;

public sealed class UpperTailTests
{
    [Fact]
    public void Add_ExponentialNumbers_TellsTheirRarity()
    {
        var random = new Random(1);
        var tail = new UpperTail();
        int beyond = 0;
        for (int row = 0; row < 20_000; row++)
        {
            beyond += tail.Add(-Math.Log(1 - random.NextDouble())) > 0 ? 1 : 0;
        }

        Assert.InRange(beyond / 20_000.0, 0.01, 0.025);
        Assert.InRange(tail.Add(Math.Log(1000)), 2.6, 3.4); // one in a thousand
    }

    [Fact]
    public void Add_FirstHundred_AreNeverRare()
    {
        var tail = new UpperTail();
        for (int row = 0; row < 100; row++)
        {
            Assert.Equal(0, tail.Add(row * row));
        }
    }

    [Fact]
    public void Add_AfterHundred_AsksForMoreThanTheThirdLargest()
    {
        foreach (int[] order in new[] { [98, 99, 100], [100, 99, 98], new[] { 99, 100, 98 } })
        {
            var tail = new UpperTail();
            foreach (int value in Enumerable.Range(1, 97).Concat(order))
            {
                tail.Add(value);
            }

            Assert.Equal(0, tail.Add(98));
            Assert.True(tail.Add(98.1) >= -Math.Log10(0.02));
        }
    }

    [Fact]
    public void Add_NewUnit_IsLearnt()
    {
        var random = new Random(2);
        var tail = new UpperTail();
        int late = 0;
        for (int row = 0; row < 6000; row++)
        {
            double rarity = tail.Add(random.NextDouble() * (row < 1000 ? 1 : 100));
            late += row > 4000 && rarity > 3 ? 1 : 0;
        }

        Assert.InRange(late, 0, 20);
    }
}
