using Bongsu.Core.Series;

namespace Bongsu.Tests.Core.Series;

public sealed class SeriesDecompositionTests
{
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

    // The language's documentation: 5 weeks, hourly; the outliers, and no others, stand out at 2.5.
    [Fact]
    public void Of_WeekWithTrend_OutliersStandOut()
    {
        var random = new Random(4);
        int[] dips = [150, 200, 780];
        int[] spikes = [300, 400, 600];
        double[] series = [.. Enumerable.Range(1, 24 * 7 * 5).Select(t => (2 * random.NextDouble())
            + (t / 24 % 7 >= 5 ? 5.0 : 15.0) - (t % 24 / 10.0 * (t % 24 / 10.0)) + (t / 72.0)
            - (dips.Contains(t) ? 8 : 0) + (spikes.Contains(t) ? 8 : 0))];
        SeriesDecomposition parts = SeriesDecomposition.Of(series, -1, SeriesTrend.Line, 0, 0.6);
        Assert.Equal(168, parts.Period);
        double[] scores = SeriesOutliers.Score(parts.Residual, 10, 90);
        Assert.Equal(dips.Concat(spikes).Order(), Enumerable.Range(1, scores.Length).Where(t => Math.Abs(scores[t - 1]) > 2.5));
        Assert.All(dips, t => Assert.True(scores[t - 1] < -2.5));
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
}
