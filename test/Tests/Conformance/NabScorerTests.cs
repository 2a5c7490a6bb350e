using Bongsu.Conformance;

namespace Bongsu.Tests.Conformance;

/// <summary>The benchmark's score against values worked out by hand from its definition.</summary>
public sealed class NabScorerTests
{
    private const int RowCount = 100;

    private static NabProfile Standard => NabProfile.All[0];

    // Probation: rows 0 to 14. Windows: rows 40 to 43 and 60 to 79.
    private static NabSeries Series { get; } =
        new("category/series.csv", new long[RowCount], new double[RowCount], [(40, 43), (60, 79)]);

    [Theory]
    [InlineData(14, 0)]
    [InlineData(15, -0.11)] // before the first window
    [InlineData(39, -0.11)]
    [InlineData(40, 2)] // y = -1: the whole hit, and the miss saved
    [InlineData(41, 1.966989)] // y = -3/4: 0.95405 / 0.98661
    [InlineData(43, 1.56211)] // y = -1/4: 0.55459 / 0.98661
    [InlineData(44, -0.075049)] // y = 1/3: 2 / (1 + e^1.6667) - 1 = -0.68226
    [InlineData(46, -0.108527)] // y = 1: -0.98661
    [InlineData(53, -0.11)] // y = 10/3, past 3
    [InlineData(60, 2)]
    [InlineData(99, -0.108867)] // y = 20 / 19, from the second window: -0.98970
    public void Gain_OneDetection_IsWorthItsPlace(int row, double expected) =>
        Assert.Equal(expected, NabScorer.Gain(Series, Scores(row), 0.5, Standard), 4);

    [Fact]
    public void Gain_ManyInAWindow_CountsTheBestOnly() =>
        Assert.Equal(2, NabScorer.Gain(Series, Scores(43, 41, 40, 42), 0.5, Standard), 9);

    [Fact]
    public void Gain_ManyOutside_CountsAll() =>
        Assert.Equal(-0.44, NabScorer.Gain(Series, Scores(20, 21), 0.5, NabProfile.All[1]), 9);

    [Fact]
    public void Gain_LowFalseNegatives_SavesTwoForAMiss() =>
        Assert.Equal(3, NabScorer.Gain(Series, Scores(60), 0.5, NabProfile.All[2]), 9);

    [Fact]
    public void Best_FirstRowsOfAllWindows_IsHundred()
    {
        (double score, double threshold) = NabScorer.Best([Series, Series], [Scores(40, 60), Scores(40, 60)], Standard);
        Assert.Equal(100, score, 9);
        Assert.Equal(1, threshold);
    }

    [Fact]
    public void Best_OnlyFalseDetections_IsNoneAtAll()
    {
        (double score, double threshold) = NabScorer.Best([Series], [Scores(20)], Standard);
        Assert.Equal(0, score);
        Assert.Equal(double.PositiveInfinity, threshold);
    }

    [Fact]
    public void Best_HitsScoredAboveFalseDetections_LeavesThemOut()
    {
        double[] scores = Scores(40);
        scores[20] = 0.9;
        scores[60] = 0.8;
        scores[21] = 0.7;
        (double score, double threshold) = NabScorer.Best([Series], [scores], Standard);
        Assert.Equal(100 * (4 - 0.11) / 4, score, 9);
        Assert.Equal(0.8, threshold);
    }

    [Theory]
    [InlineData(1127, 169)]
    [InlineData(4032, 604)]
    [InlineData(18050, 750)]
    public void Probation_IsAShareWithACap(int rowCount, int expected) => Assert.Equal(expected, NabScorer.Probation(rowCount));

    private static double[] Scores(params int[] detections)
    {
        double[] scores = new double[RowCount];
        foreach (int row in detections)
        {
            scores[row] = 1;
        }

        return scores;
    }
}
