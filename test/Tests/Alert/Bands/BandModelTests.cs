using Bongsu.Alert.Bands;
using Bongsu.Core.Calendars;

namespace Bongsu.Tests.Alert.Bands;

public sealed class BandModelTests
{
    private static readonly long s_start = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Judge_NothingLearnt_IsNotReady()
    {
        var model = new BandModel(new BandOptions(), Calendar.Utc);
        Assert.Equal(0, model.Judge(s_start, 1e9, out Band band));
        Assert.False(band.IsReady);
        Assert.True(double.IsNaN(band.Expected));
    }

    [Fact]
    public void Judge_SteadyNoise_SpikeIsOutsideAndNoiseInside()
    {
        var model = new BandModel(new BandOptions { MinPoints = 50 }, Calendar.Utc);
        var random = new Random(1);
        int outside = 0;
        for (int point = 0; point < 5000; point++)
        {
            long ticks = s_start + (point * TimeSpan.TicksPerMinute * 5);
            double value = -100 + (random.NextDouble() * 10);
            outside += model.Judge(ticks, value, out _) >= 1 ? 1 : 0;
            model.Observe(ticks, value);
        }

        Assert.Equal(0, outside);
        Assert.True(model.Judge(model.LastTicks + 1, -50, out Band band) > 1);
        Assert.InRange(band.Expected, -100, -90);
        Assert.True(model.Judge(model.LastTicks + 1, -150, out _) > 1);
    }
}
