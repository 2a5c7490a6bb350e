using Bongsu.Alert.Bands;

namespace Bongsu.Tests.Alert.Bands;

public sealed class MeanDriftTests
{
    [Fact]
    public void Add_LastingExcess_IsFarOutWhereOneValueIsNot()
    {
        var random = new Random(1);
        var drift = new MeanDrift(length: 10, halfLife: 500);
        double highest = 0;
        for (int row = 0; row < 5000; row++)
        {
            double distance = drift.Add(random.NextDouble() < 0.1 ? 10 : 0);
            highest = Math.Max(highest, row < 100 ? 0 : distance);
        }

        double lasting = Enumerable.Range(0, 10).Max(_ => drift.Add(10));
        Assert.InRange(highest, 2, 7);
        Assert.True(lasting > highest, $"{lasting} after {highest}");
    }

    [Fact]
    public void Add_ConstantThenOther_IsFarOut()
    {
        var drift = new MeanDrift(length: 10, halfLife: 500);
        Assert.Equal(0, Enumerable.Range(0, 100).Max(_ => drift.Add(7.3)));
        Assert.Equal(10, drift.Add(7.4));
    }
}
