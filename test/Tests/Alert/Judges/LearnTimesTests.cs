using Bongsu.Alert.Judges;

namespace Bongsu.Tests.Alert.Judges;

/// <summary>Which history a window is judged by.</summary>
public sealed class LearnTimesTests
{
    [Theory]
    [InlineData("2026-11-04 10:00", "2026-11-05 23:00", null)] // not yet a whole day
    [InlineData("2026-11-04 10:00", "2026-11-06 02:05", "2026-11-06")] // its first day
    [InlineData("2026-11-04 10:00", "2026-11-06 02:00", null)] // does not count yet
    [InlineData("2026-11-04 10:00", "2026-11-07 03:00", "2026-11-07")]
    [InlineData("2026-11-04 10:00", "2026-11-09 01:00", "2026-11-07")]
    [InlineData("2026-11-04 10:00", "2026-11-15 00:00", "2026-11-09")] // from now on each Monday
    [InlineData("2026-11-04 10:00", "2026-11-16 03:00", "2026-11-16")]
    [InlineData("2020-01-01 00:00", "2026-11-20 00:00", "2026-11-16")]
    [InlineData("2020-01-01 00:00", "2019-11-20 00:00", null)]
    public void For_WindowsEnd_IsTheEndOfTheLastHistoryThatCounts(string first, string end, string? expected)
    {
        var times = new LearnTimes(Ticks(first), TimeSpan.FromHours(2).Ticks);

        Assert.Equal(expected is null ? LearnTimes.Never : Ticks(expected), times.For(Ticks(end)));
    }

    private static long Ticks(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture).Ticks;
}
