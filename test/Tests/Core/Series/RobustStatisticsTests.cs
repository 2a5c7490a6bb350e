using Bongsu.Core.Series;

namespace Bongsu.Tests.Core.Series;

public sealed class RobustStatisticsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 2.5)]
    [InlineData(1, 4)]
    public void Quantile_FourValues_IsInterpolated(double share, double expected) =>
        Assert.Equal(expected, RobustStatistics.Quantile([1, 2, 3, 4], share));

    [Fact]
    public void Location_OfNoise_IsNearTheMeanAndNotMovedByWildValues()
    {
        var random = new Random(1);
        double[] values = [.. Enumerable.Range(0, 1000).Select(_ => random.NextDouble())];
        Assert.Equal(values.Average(), RobustStatistics.Location(values.ToArray()), 0.01);
        double[] wild = [.. values, .. Enumerable.Repeat(1e9, 100)];
        Assert.Equal(values.Average(), RobustStatistics.Location(wild), 0.12);
        Assert.Equal(5, RobustStatistics.Location([5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 900]));
        Assert.Equal(2, RobustStatistics.Location([1, 3]));
        Assert.True(double.IsNaN(RobustStatistics.Location([])));
        Assert.Equal(double.MaxValue, RobustStatistics.Location([double.MaxValue, double.MaxValue, double.MaxValue]), double.MaxValue * 1e-12);
    }

    [Fact]
    public void Scale_OfNormalNoise_IsItsStandardDeviation()
    {
        var random = new Random(2);
        double[] values = [.. Enumerable.Range(0, 20_000).Select(_ =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
        Assert.Equal(1, RobustStatistics.Scale([.. values.Select(Math.Abs)]), 0.03);
        values.AsSpan(0, 1000).Fill(1e9);
        Assert.Equal(1, RobustStatistics.Scale([.. values.Select(Math.Abs)]), 0.12);
        Assert.Equal(0, RobustStatistics.Scale([]));
    }
}
