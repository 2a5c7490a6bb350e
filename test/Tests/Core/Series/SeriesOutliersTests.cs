using Bongsu.Core.Series;

namespace Bongsu.Tests.Core.Series;

public sealed class SeriesOutliersTests
{
    [Fact]
    public void Score_Tukey_IsQuartileRangesBeyondTheQuartiles()
    {
        // Of 0 to 12 the quartiles are 3 and 9, 6 apart.
        double[] scores = SeriesOutliers.Score([.. Enumerable.Range(0, 13).Select(value => (double)value)], 25, 75);
        Assert.Equal([-0.5, -2 / 6.0, -1 / 6.0, 0, 0, 0, 0, 0, 0, 0, 1 / 6.0, 2 / 6.0, 0.5], scores);
    }

    [Fact]
    public void Score_CustomTukey_IsMeasuredInQuartileRangesOfNormalValues()
    {
        // Of 0 to 10 the 10th and 90th percentile are 1 and 9: 2.5631 standard deviations apart, of which the quartiles take 1.3490.
        double[] series = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        double[] scores = SeriesOutliers.Score(series, 10, 90);
        const double Width = 8 * 1.3489795 / 2.5631031;
        Assert.Equal((5 - (Width / 2)) / Width, scores[10], 6);
        Assert.Equal(-scores[10], scores[0], 12);
        Assert.All(scores[3..8], score => Assert.Equal(0, score));
    }

    [Theory]
    [InlineData(10, 90)]
    [InlineData(2, 98)]
    [InlineData(5, 60)]
    [InlineData(55, 95)]
    public void Score_NormalValues_IsTheSameForAllPercentiles(double low, double high)
    {
        double[] normal = [.. Enumerable.Range(0, 999).Select(index => NormalQuantile.At((index + 0.5) / 999))];
        double[] quartiles = SeriesOutliers.Score(normal, 25, 75);
        double[] others = SeriesOutliers.Score(normal, low, high);
        Assert.All(Enumerable.Range(0, normal.Length), index => Assert.Equal(quartiles[index], others[index], 0.02));
    }

    // The language's documentation: of eleven values only the 5 and the 80 are outliers; a dip and a spike on noise; the first of each month.
    [Fact]
    public void Score_DocumentedExamples_FlagsTheOutliersOnly()
    {
        double[] eleven = [30, 28, 5, 27, 31, 38, 29, 80, 25, 37, 30];
        Assert.Equal([0, 0, -1, 0, 0, 0, 0, 1, 0, 0, 0], Flags(eleven));
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            double[] noise = [.. Enumerable.Range(1, 100).Select(x => (10 * random.NextDouble()) + 10 + (x is 20 or 80 ? (50 - x) / 2 : 0))];
            Assert.Equal(Enumerable.Range(1, 100).Select(x => x == 20 ? 1 : x == 80 ? -1 : 0), Flags(noise));
            DateTime[] days = [.. Enumerable.Range(0, 365).Select(day => new DateTime(2023, 1, 1).AddDays(day))];
            double[] year = [.. days.Select(day => (10 * random.NextDouble()) + (day.Day == 1 ? 20 : 0))];
            Assert.Equal(days.Select(day => day.Day == 1 ? 1 : 0), Flags(year));
        }
    }

    [Fact]
    public void Score_LearntPart_JudgesTheRestByIt()
    {
        double[] scores = SeriesOutliers.Score([0, 1, 2, 3, 4, 100], 25, 75, learntLength: 5);
        Assert.Equal(97 / 2.0, scores[5], 12);
    }

    [Fact]
    public void Score_NoWidthMissingOrNothing_IsFinite()
    {
        Assert.All(SeriesOutliers.Score([5, 5, 5, 5], 10, 90), score => Assert.Equal(0, score));
        double[] scores = SeriesOutliers.Score([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, double.NaN], 10, 90);
        Assert.InRange(scores[11], 1000, double.MaxValue);
        Assert.Equal(0, scores[12]);
        Assert.Empty(SeriesOutliers.Score([], 10, 90));
        Assert.Equal([0], SeriesOutliers.Score([1], 10, 90));
        Assert.Equal([0, 0], SeriesOutliers.Score([double.NaN, double.NaN], 10, 90));
        Assert.All(SeriesOutliers.Score([-double.MaxValue, 0, double.MaxValue], 10, 90), score => Assert.True(double.IsFinite(score)));
    }

    private static int[] Flags(double[] series) =>
        [.. SeriesOutliers.Score(series, 10, 90).Select(score => score > 1.5 ? 1 : score < -1.5 ? -1 : 0)];
}
