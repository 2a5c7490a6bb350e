using Bongsu.Core.Series;

namespace Bongsu.Tests.Core.Series;

public sealed class SeriesOutliersTests
{
    [Fact]
    public void Score_CustomTukey_IsWidthsBeyondTheFence()
    {
        // Of 0 to 10 the 10th and 90th percentile are 1 and 9, 8 apart.
        double[] series = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        double[] scores = SeriesOutliers.Score(series, 10, 90);
        Assert.Equal(-1 / 8.0, scores[0], 12);
        Assert.Equal(1 / 8.0, scores[10], 12);
        Assert.All(scores[1..10], score => Assert.Equal(0, score));
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
}
