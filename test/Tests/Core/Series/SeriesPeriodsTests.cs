using Bongsu.Core.Series;

namespace Bongsu.Tests.Core.Series;

public sealed class SeriesPeriodsTests
{
    // The example of the language's documentation: two values a day, fourteen a week.
    private static readonly double[] s_traffic =
    [
        80, 139, 87, 110, 68, 54, 50, 51, 53, 133, 86, 141, 97, 156, 94, 149, 95, 140, 77, 61, 50, 54, 47, 133, 72, 152, 94, 148, 105, 162,
        101, 160, 87, 63, 53, 55, 54, 151, 103, 189, 108, 183, 113, 175, 113, 178, 90, 71, 62, 62, 65, 165, 109, 181, 115, 182, 121, 178, 114, 170,
    ];

    [Fact]
    public void Detect_DocumentedExample_FindsFourteen()
    {
        (int period, double score) = Assert.Single(SeriesPeriods.Detect(s_traffic, 0, 50));
        Assert.Equal(14, period);
        Assert.Equal(0.84, score, 2); // As documented.
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)] // A trend that outweighs the season.
    public void Detect_DayAndWeek_FindsBoth(double slope)
    {
        var random = new Random(1);
        double[] hourly = [.. Enumerable.Range(0, 24 * 7 * 5).Select(hour =>
            (hour / 24 % 7 >= 5 ? 5 : 10) + (3 * Math.Sin(hour % 24 / 24.0 * 2 * Math.PI)) + random.NextDouble() + (slope * hour))];
        int[] periods = [.. SeriesPeriods.Detect(hourly, 0, hourly.Length).Select(found => found.Period)];
        Assert.Equal(168, periods[0]);
        Assert.InRange(periods[1], 23, 25); // The week's slope moves the peak of the day a little.
    }

    // Broad peaks with ripples of noise on them: one period each, not their neighbours or other numbers of days too.
    [Fact]
    public void Detect_NoisyDayAndWeekOfFiveMinutes_FindsJustThese()
    {
        for (int seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            double[] series = [.. Enumerable.Range(0, 2016 * 4).Select(index =>
                (3 * Math.Sin(index * 2 * Math.PI / 288)) + (4 * Math.Sin(index * 2 * Math.PI / 2016)) + (random.NextDouble() * 3))];
            (int Period, double Score)[] found = [.. SeriesPeriods.Detect(series, 0.8 * 288, 1.2 * 2016)];
            Assert.Equal(2, found.Length);
            Assert.InRange(found[0].Period, 2000, 2032);
            Assert.InRange(found[1].Period, 250, 326); // On the slope of the week.
        }
    }

    [Fact]
    public void Detect_NoisySlowSeason_IsFoundOnce()
    {
        for (int seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            double[] series = [.. Enumerable.Range(0, 5000).Select(index => Math.Sin(index * 2 * Math.PI / 1000) + random.NextDouble())];
            (int period, double score) = Assert.Single(SeriesPeriods.Detect(series, 0, 5000));
            Assert.InRange(period, 980, 1020);
            Assert.InRange(score, 0.6, 1);
        }
    }

    // Outages and spikes do not hide the season; nor do clipped spikes that are the season.
    [Fact]
    public void Detect_FewHugeSpikes_FindsTheSeasonBesideThem()
    {
        foreach (double spike in new[] { 50, 1e6, 1e300 })
        {
            var random = new Random(7);
            double[] series = [.. Enumerable.Range(0, 24 * 30).Select(hour =>
                hour is 100 or 333 or 500 ? spike : hour == 601 ? -spike : Math.Sin(hour * Math.PI / 12) + (0.5 * random.NextDouble()))];
            Assert.Equal(24, SeriesPeriods.Detect(series, 0, 360)[0].Period);
            Assert.InRange(SeriesPeriods.Detect(series, 0, 360)[0].Score, 0.8, 1);
        }

        double[] ticks = [.. Enumerable.Range(0, 600).Select(minute => minute % 60 == 0 ? 100 : minute * 7 % 5 / 5.0)];
        Assert.Equal(60, SeriesPeriods.Detect(ticks, 0, 300)[0].Period);
    }

    [Fact]
    public void Detect_NoiseConstantsShortOrEmpty_FindsNothingGood()
    {
        var random = new Random(2);
        double[] noise = [.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble())];
        Assert.All(SeriesPeriods.Detect(noise, 0, 1000), found => Assert.InRange(found.Score, 0, 0.3));
        Assert.Empty(SeriesPeriods.Detect(Enumerable.Repeat(0.1, 500).ToArray(), 0, 1000));
        Assert.Empty(SeriesPeriods.Detect([.. Enumerable.Range(0, 500).Select(index => index * 0.1)], 0, 1000));
        Assert.Empty(SeriesPeriods.Detect([1, 2, 1, 2, 1, 2, 1], 0, 10));
        Assert.Empty(SeriesPeriods.Detect([], 0, 10));
        Assert.Empty(SeriesPeriods.Detect(s_traffic, 20, 10));
        Assert.Empty(SeriesPeriods.Detect(s_traffic, double.NaN, double.NaN));
    }

    [Fact]
    public void Detect_AnyScaleAndSomeMissing_FindsTheSame()
    {
        foreach (double factor in new[] { 1e-300, 1, 1e300 })
        {
            double[] scaled = [.. s_traffic.Select(value => value * factor)];
            Assert.Equal(14, SeriesPeriods.Detect(scaled, 0, 50)[0].Period);
        }

        double[] holed = [.. s_traffic];
        (holed[5], holed[33], holed[50]) = (double.NaN, double.PositiveInfinity, double.NaN);
        Assert.Equal(14, SeriesPeriods.Detect(holed, 0, 50)[0].Period);
    }

    [Fact]
    public void Transform_ThereAndBack_IsTheSame()
    {
        var random = new Random(3);
        System.Numerics.Complex[] values = [.. Enumerable.Range(0, 256).Select(_ => new System.Numerics.Complex(random.NextDouble(), 0))];
        System.Numerics.Complex[] turned = [.. values];
        FourierTransform.Transform(turned);
        double sum = values.Sum(value => value.Real);
        Assert.Equal(sum, turned[0].Real, 9);
        FourierTransform.Transform(turned, isInverse: true);
        Assert.All(Enumerable.Range(0, 256), index => Assert.Equal(values[index].Real, turned[index].Real / 256, 12));
    }
}
