using Bongsu.Core.Series;

namespace Bongsu.Tests.Core.Series;

public sealed class SeriesDecompositionTests
{
    private static readonly SortedSet<int> s_outliers = [150, 200, 300, 400, 600, 780];

    [Fact]
    public void Of_GivenPeriod_IsWhatAHandWorksOut()
    {
        // Medians by place: 1.5, 3.5, 5.5; what is left: ∓0.5, whose mean is 0.
        SeriesDecomposition parts = SeriesDecomposition.Of([1, 3, 5, 2, 4, 6, 1, 3, 5, 2, 4, 6], 3, SeriesTrend.Average, 0, 0.6);
        Assert.Equal([1.5, 3.5, 5.5], parts.Seasonal[..3]);
        Assert.All(parts.Trend, value => Assert.Equal(0, value));
        Assert.Equal(parts.Seasonal, parts.Baseline);
        Assert.Equal([-0.5, -0.5, -0.5, 0.5, 0.5, 0.5], parts.Residual[..6]);
    }

    [Fact]
    public void Of_Line_IsTheTrendAndGoesOnOverTestPoints()
    {
        SeriesDecomposition parts = SeriesDecomposition.Of([1, 3, 5, 7, double.NaN, 100], 0, SeriesTrend.Line, 1, 0.6);
        Assert.All(Enumerable.Range(0, 6), index => Assert.Equal(1 + (2 * index), parts.Trend[index], 12));
        Assert.Equal(89, parts.Residual[5], 12);
        Assert.True(double.IsNaN(parts.Residual[4]));
        Assert.All(parts.Seasonal, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Of_NoTrendNoSeason_IsOnlyResidual()
    {
        SeriesDecomposition parts = SeriesDecomposition.Of([4, 5, 6], 0, SeriesTrend.None, 0, 0.6);
        Assert.Equal([4, 5, 6], parts.Residual);
    }

    // The language's documentation: five weeks, hourly, with three dips and three spikes. Without growth all are found; with growth
    // and the mean as trend some are not; with a line all are, at 1.5 with others, at 2.5 without.
    [Fact]
    public void Of_DocumentedWeeks_OutliersStandOutAsDocumented()
    {
        int byMean = 0;
        int others = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            double[] flat = Weeks(new Random(seed), weekend: 10, growth: 0);
            double[] growing = Weeks(new Random(seed), weekend: 5, growth: 1 / 72.0);
            Assert.Equal(168, SeriesDecomposition.Of(flat, -1, SeriesTrend.Average, 0, 0.6).Period);
            Assert.Equal(168, SeriesDecomposition.Of(growing, -1, SeriesTrend.Line, 0, 0.6).Period);
            Assert.Superset(s_outliers, Flagged(flat, SeriesTrend.Average, 1.5));
            Assert.Equal(s_outliers, Flagged(flat, SeriesTrend.Average, 2.5));
            Assert.Superset(s_outliers, Flagged(growing, SeriesTrend.Line, 1.5));
            Assert.Equal(s_outliers, Flagged(growing, SeriesTrend.Line, 2.5));
            byMean += Flagged(growing, SeriesTrend.Average, 1.5).Count;
            others += Flagged(growing, SeriesTrend.Line, 1.5).Count - s_outliers.Count;
        }

        Assert.InRange(byMean, 10, 40);
        Assert.InRange(others, 10, 100);
    }

    // Its forecast: the last of five weeks, of which nothing is known, is that of the weeks before it with their growth.
    [Fact]
    public void Of_DocumentedForecast_GoesOnAsTheWeeksBefore()
    {
        double[] series = Weeks(new Random(5), weekend: 5, growth: 1 / 72.0);
        double[] known = [.. series];
        known.AsSpan(24 * 7 * 4).Clear();
        double[] forecast = SeriesDecomposition.Of(known, -1, SeriesTrend.Line, 24 * 7, 0.6).Baseline;
        int[] week = [.. Enumerable.Range(24 * 7 * 4, 24 * 7).Where(index => !s_outliers.Contains(index + 1))];
        Assert.InRange(week.Average(index => Math.Abs(forecast[index] - series[index])), 0, 1);
        Assert.All(week, index => Assert.Equal(series[index], forecast[index], 2.6));
    }

    [Fact]
    public void Of_HugeOutlier_LineAndScoresStayFinite()
    {
        double[] series = [.. Enumerable.Range(0, 200).Select(index => (double)(index % 7))];
        series[60] = 1e308;
        series[61] = -1e308;
        SeriesDecomposition parts = SeriesDecomposition.Of(series, -1, SeriesTrend.Line, 0, 0.6);
        Assert.All(parts.Baseline, value => Assert.True(double.IsFinite(value)));
        double[] scores = SeriesOutliers.Score(parts.Residual, 10, 90);
        Assert.True(scores[60] > 1.5 && scores[61] < -1.5);
    }

    // The server answers within a second or two; what is bounded here is that nothing grows with the square.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_HundredThousandPoints_IsQuick(int kind)
    {
        var random = new Random(kind);
        double level = 0;
        double[] series = [.. Enumerable.Range(0, 100_000).Select(index => kind switch
        {
            0 => random.NextDouble(),
            1 => level += random.NextDouble() - 0.5,
            2 => Math.Sin(index / 5000.0) + (random.NextDouble() * 0.3),
            _ => random.Next(20_000) == 0 ? 1e308 : index % 1440,
        })];
        var process = System.Diagnostics.Stopwatch.StartNew();
        SeriesDecomposition parts = SeriesDecomposition.Of(series, -1, SeriesTrend.Line, 0, 0.6);
        SeriesOutliers.Score(parts.Residual, 10, 90);
        Assert.InRange(process.Elapsed.TotalSeconds, 0, 10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_RandomSeries_PartsAddUpAndAreFinite(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            double[] series = [.. Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(8) switch
            {
                0 => double.NaN,
                1 => double.PositiveInfinity,
                2 => random.NextDouble() * 1e200,
                _ => random.NextDouble(),
            })];
            var trend = (SeriesTrend)random.Next(3);
            int testPoints = random.Next(-3, 50);
            SeriesDecomposition parts = SeriesDecomposition.Of(series, random.Next(-1, 50), trend, testPoints, 0.6);
            double[] scores = SeriesOutliers.Score(parts.Residual, 10, 90);
            Assert.All(scores, score => Assert.True(double.IsFinite(score)));
            for (int index = 0; index < series.Length; index++)
            {
                Assert.Equal(parts.Seasonal[index] + parts.Trend[index], parts.Baseline[index]);
                Assert.True(double.IsFinite(parts.Seasonal[index]));
                bool hasResidual = double.IsFinite(series[index]) && double.IsFinite(parts.Baseline[index]);
                Assert.Equal(!hasResidual, double.IsNaN(parts.Residual[index]));
                if (hasResidual)
                {
                    Assert.Equal(series[index], parts.Baseline[index] + parts.Residual[index], Math.Max(1e-9, Math.Abs(parts.Baseline[index]) * 1e-9));
                }
            }
        }
    }

    private static SortedSet<int> Flagged(double[] series, SeriesTrend trend, double threshold)
    {
        double[] scores = SeriesOutliers.Score(SeriesDecomposition.Of(series, -1, trend, 0, 0.6).Residual, 10, 90);
        Assert.All(s_outliers, t => Assert.True(scores[t - 1] == 0 || scores[t - 1] < 0 == t is 150 or 200 or 780));
        return [.. Enumerable.Range(1, scores.Length).Where(t => Math.Abs(scores[t - 1]) > threshold)];
    }

    private static double[] Weeks(Random random, double weekend, double growth) =>
        [.. Enumerable.Range(1, 24 * 7 * 5).Select(t => (2 * random.NextDouble())
            + (t / 24 % 7 >= 5 ? weekend : 15) - (t % 24 / 10 * (t % 24 / 10)) + (growth * t)
            + (t is 150 or 200 or 780 ? -8 : t is 300 or 400 or 600 ? 8 : 0))];
}
