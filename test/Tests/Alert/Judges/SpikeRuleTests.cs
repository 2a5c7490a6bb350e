using Bongsu.Alert.Alerts;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert.Judges;

/// <summary>Spike rules from their file to their alerts.</summary>
public sealed class SpikeRuleTests
{
    // The example of ElastAlert 2's documentation (ruletypes, spike): height 3, windows of two hours, at least 10 before;
    // here an hour is a minute.
    [Theory]
    [InlineData("up", 3, 10, new[] { 5, 5, 10, 35, 20 }, new[] { 4 })]
    [InlineData("down", 3, 10, new[] { 30, 30, 30, 30, 5, 3, 30 }, new[] { 6 })]
    [InlineData("up", 3, 1, new[] { 0, 0, 10, 30, 0, 0 }, new int[0])] // new: no past to be held against
    public async Task Rule_CountsByTheMinute_FiresInTheMinutesOfTheExample(
        string direction, int height, int before, int[] minutes, int[] expected)
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("spike.yaml", $"""
            name: spike
            kind: spike
            query: logs | where level == "error"
            height: {height}
            direction: {direction}
            within: 2m
            every: 1m
            lateness: 0s
            min_before: {before}
            """));
        await MinutesAsync(bed, minutes);

        IEnumerable<DateTime> starts = bed.Alerts.Select(alert => DateTime.Parse(alert.StartedAt, null).ToUniversalTime());
        int[] fired = [.. starts.Select(start => (int)(start - StreamTestBed.Start).TotalMinutes)];
        Assert.Equal(expected, fired);
    }

    [Fact]
    public async Task Rule_ByKey_TellsTheKeyThatVanished()
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("spike.yaml", """
            name: spike
            kind: spike
            query: logs
            by: service
            height: 2
            direction: down
            within: 1m
            every: 1m
            lateness: 0s
            min_before: 5
            """));
        await MinutesAsync(bed, [10, 10, 10, 0, 0, 0]);

        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal("""{"service":"pay"}""", alert.Key.ToJsonString());
        Assert.Equal(0, alert.Values["value"]!.GetValue<double>());
        Assert.Equal(10, alert.Values["before"]!.GetValue<double>());
        Assert.Equal("resolved", alert.State);
    }

    // Another service writes all the time, so that time passes.
    private static async Task MinutesAsync(AlertTestBed bed, int[] minutes)
    {
        for (int minute = 0; minute < minutes.Length; minute++)
        {
            for (int second = 0; second < 60; second += 10)
            {
                double at = (minute * 60) + second;
                int rows = (minutes[minute] * (second + 10) / 60) - (minutes[minute] * second / 60);
                await bed.AppendAsync("host", [new LogRow(at, "other", "info"), .. Enumerable.Repeat(new LogRow(at + 1), rows)]);
                bed.Time.Advance(TimeSpan.FromSeconds(10));
                await bed.Engine.DrainAsync();
            }
        }

        await bed.AppendAsync("host", new LogRow((minutes.Length * 60) + 1, "other", "info"));
        await bed.SilenceAsync(30);
    }
}
