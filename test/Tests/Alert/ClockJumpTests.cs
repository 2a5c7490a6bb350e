using Bongsu.Alert.Alerts;

namespace Bongsu.Tests.Alert;

/// <summary>A wall clock that is set forth or back while rules run: alerts go on, once each.</summary>
public sealed class ClockJumpTests
{
    private const string Rule = """
        name: errors
        query: logs | where level == "error" | summarize n = count() by service | where n >= 3
        every: 10s
        lateness: 2s
        """;

    [Theory]
    [InlineData(30)]
    [InlineData(600)]
    public async Task Clock_SetForthAndBack_TellsWhatComesAfter(int seconds)
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", Rule));
        await PassAsync(bed, 60, errors: 0);
        bed.Time.Advance(TimeSpan.FromSeconds(seconds));
        await PassAsync(bed, 5, errors: 0);
        bed.Time.Advance(TimeSpan.FromSeconds(-seconds));
        await PassAsync(bed, 30, errors: 0);
        await PassAsync(bed, 20, errors: 2);
        await PassAsync(bed, 60, errors: 0);
        await bed.SilenceAsync(200);
        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal(("resolved", 2), (alert.State, bed.Query("Alerts | summarize by state").Length));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(1800)]
    public async Task Clock_SetBack_TellsWhatComesAfter(int seconds)
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", Rule));
        await PassAsync(bed, 60, errors: 0);
        bed.Time.Advance(TimeSpan.FromSeconds(-seconds));
        await PassAsync(bed, 100, errors: 0);
        await PassAsync(bed, 20, errors: 2);
        await PassAsync(bed, 60, errors: 0);
        await bed.SilenceAsync(200);
        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal("resolved", alert.State);
    }

    // Stamps never go back. By more than the longest delay, all rows are late until the clock is where it was.
    [Fact]
    public async Task Clock_SetBackByHours_SaysSoAndGoesOnOnceItIsWhereItWas()
    {
        await using AlertTestBed bed = await AlertTestBed.CreateAsync(("errors.yaml", Rule));
        await PassAsync(bed, 60, errors: 0);
        bed.Time.Advance(TimeSpan.FromHours(-2));
        await PassAsync(bed, 60, errors: 2);
        Assert.Empty(bed.Alerts);
        Assert.Equal(180, Assert.Single(bed.Engine.Rules).RowsBackfill);
        Assert.Single(bed.Notices, notice => notice.Contains("the clock was set back by 0", StringComparison.Ordinal));

        bed.Time.Advance(TimeSpan.FromHours(2));
        await PassAsync(bed, 20, errors: 2);
        await PassAsync(bed, 60, errors: 0);
        Assert.Single(bed.Alerts);
    }

    private static async Task PassAsync(AlertTestBed bed, int seconds, int errors)
    {
        for (int second = 0; second < seconds; second++)
        {
            await bed.SecondAsync(errors);
        }
    }
}
