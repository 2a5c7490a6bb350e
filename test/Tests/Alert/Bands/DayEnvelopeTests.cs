using Bongsu.Alert.Bands;

namespace Bongsu.Tests.Alert.Bands;

public sealed class DayEnvelopeTests
{
    [Fact]
    public void Add_OutsideWhatWasSeenAtThisTime_TellsHowFar()
    {
        var envelope = new DayEnvelope(24);
        Assert.Equal(0, envelope.Add(At(0, 9), 10)); // the first of its bin
        Assert.Equal(4, envelope.Add(At(1, 9), 14)); // widens to 10.4 … 12
        Assert.Equal(2.4, envelope.Add(At(2, 9), 8), 9); // to 9.2 … 11.6
        Assert.Equal(0, envelope.Add(At(3, 9), 10)); // narrows to 9.28 … 11.44
        Assert.Equal(0.56, envelope.Add(At(4, 9), 12), 9);
    }

    [Fact]
    public void Add_OtherTimesOfDay_AreApart()
    {
        var envelope = new DayEnvelope(24);
        envelope.Add(At(0, 9), 10);
        Assert.Equal(0, envelope.Add(At(0, 10), 99));
        Assert.Equal(1, envelope.Add(At(1, 9), 11));
    }

    private static long At(int day, int hour) => new DateTime(2026, 3, 1).AddDays(day).AddHours(hour).AddMinutes(59).Ticks;
}
