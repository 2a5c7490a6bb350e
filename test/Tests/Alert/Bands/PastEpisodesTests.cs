using Bongsu.Alert.Bands;

namespace Bongsu.Tests.Alert.Bands;

public sealed class PastEpisodesTests
{
    [Theory]
    [InlineData(1, 1.2)] // One in two weeks is an incident.
    [InlineData(2, 1.2)]
    [InlineData(3, 1.05)] // Of more the two largest may be outside.
    [InlineData(10, 8.4)]
    public void Widen_EpisodesInTwoWeeks_LeavesTheLargestOutside(int episodes, double expected)
    {
        var past = new PastEpisodes();
        for (int episode = 0; episode < episodes; episode++)
        {
            past.Add(episode * TimeSpan.TicksPerDay, 0.5);
            past.Add((episode * TimeSpan.TicksPerDay) + TimeSpan.TicksPerMinute, episode + 1);
        }

        double start = episodes < 3 ? 1.2 : 0.9;
        Assert.Equal(expected, past.Widen(14 * TimeSpan.TicksPerDay, start), 9);
    }
}
