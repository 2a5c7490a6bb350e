using Bongsu.Alert.Judges;

namespace Bongsu.Tests.Alert.Judges;

/// <summary>Values of many series in little memory.</summary>
public sealed class PackedPointsTests
{
    private const int SlotCount = 100;
    private const int SlotsPerSpan = 24;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Read_AfterAllSpans_GivesBackWhatWasSet(int seed)
    {
        double[][] series = Series(seed, count: 20);
        PackedPoints points = Pack(series, long.MaxValue);

        Assert.Equal(int.MaxValue, points.LastKey);
        double[] values = new double[SlotCount];
        for (int key = 0; key < series.Length; key++)
        {
            points.Read(key, values);
            Assert.Equal(series[key], values);
        }
    }

    [Fact]
    public void Close_PastTheBudget_KeepsTheLowerSeriesWhole()
    {
        double[][] series = Series(seed: 3, count: 64);
        PackedPoints points = Pack(series, maxBytes: 4_000);

        Assert.InRange(points.LastKey, 1, 32);
        double[] values = new double[SlotCount];
        for (int key = 0; key < points.LastKey; key++)
        {
            points.Read(key, values);
            Assert.Equal(series[key], values);
        }
    }

    // Whole numbers, fractions that single precision holds, gaps; some series begin late.
    private static double[][] Series(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(key =>
        {
            int begin = random.Next(60);
            return Enumerable.Range(0, SlotCount).Select(slot => slot < begin || random.Next(5) == 0 ? double.NaN
                : key % 3 == 0 ? random.Next(1_000) / 4.0
                : random.Next(-20, key % 3 == 1 ? 1_000 : 20_000_000)).Select(value => (double)(float)value).ToArray();
        })];
    }

    private static PackedPoints Pack(double[][] series, long maxBytes)
    {
        var points = new PackedPoints(SlotCount, SlotsPerSpan, firstKey: 0, lastKey: int.MaxValue, maxBytes);
        for (int slot = 0; slot < SlotCount; slot++)
        {
            for (int key = 0; key < series.Length; key++)
            {
                if (!double.IsNaN(series[key][slot]))
                {
                    points.Set(key, slot, series[key][slot]);
                }
            }

            if ((slot + 1) % SlotsPerSpan == 0 || slot + 1 == SlotCount)
            {
                points.Close();
            }
        }

        return points;
    }
}
