using Bongsu.Alert.Alerts;
using Bongsu.Alert.Rules;

namespace Bongsu.Tests.Alert.Alerts;

public sealed class RuleStateTests
{
    [Fact]
    public void For_HoldsLongEnough_IsPendingThenFires()
    {
        var bed = new RuleStateBed(forSeconds: 20);
        Feed(bed, "0110111");
        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal((5, 7), (RuleStateBed.WindowOf(alert.StartedAt), RuleStateBed.WindowOf(alert.FiringSince!)));
        Assert.Single(bed.Told);
        Assert.Empty(bed.Pending);
    }

    [Fact]
    public void For_NotFull_IsListedAndTellsNobody()
    {
        var bed = new RuleStateBed(forSeconds: 20);
        Feed(bed, "011");
        AlertView pending = Assert.Single(bed.Pending);
        Assert.Equal(("pending", 0, 2), (pending.State, pending.Revision, RuleStateBed.WindowOf(pending.StartedAt)));
        Assert.Null(pending.FiringSince);
        Assert.Empty(bed.Alerts);
        Assert.False(bed.State.IsQuiet);
        Assert.Equal(0, bed.State.FiringCount);
        bed.Restore(bed.Save());
        Assert.Single(bed.Pending);
        bed.Window(4, holds: false);
        bed.Deliver();
        Assert.Empty(bed.Pending);
        Assert.Empty(bed.Alerts);
        Assert.True(bed.State.IsQuiet);
    }

    [Theory]
    [InlineData("0100000", 20, 2, 4)]
    [InlineData("0101000000", 20, 2, 6)]
    [InlineData("01000000", 0, 2, 3)]
    [InlineData("01000000", 25, 2, 5)]
    public void KeepFiringFor_ConditionGone_ResolvesThatLater(string windows, int keepSeconds, int start, int resolved)
    {
        var bed = new RuleStateBed(keepSeconds: keepSeconds);
        Feed(bed, windows);
        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal((start, resolved), (RuleStateBed.WindowOf(alert.StartedAt), RuleStateBed.WindowOf(alert.ResolvedAt!)));
        Assert.Equal(2, bed.Told.Count);
    }

    [Fact]
    public void NoDataKeep_Silence_LeavesAlertsAsTheyAre()
    {
        var bed = new RuleStateBed(noData: NoDataPolicy.Keep);
        Feed(bed, "11");
        for (int window = 3; window < 9; window++)
        {
            bed.Window(window, holds: false, hasData: false);
        }

        bed.Deliver();
        Assert.Equal("firing", Assert.Single(bed.Alerts).State);
        Assert.False(bed.State.HasData);
        bed.Window(9, holds: false);
        bed.Deliver();
        Assert.Equal(9, RuleStateBed.WindowOf(Assert.Single(bed.Alerts).ResolvedAt!));
    }

    [Fact]
    public void Error_PolicyAlert_IsAnAlertUntilTheQueryWorks()
    {
        var bed = new RuleStateBed(onError: ErrorPolicy.Alert);
        Feed(bed, "11");
        bed.State.ConsumeError("division by zero", RuleStateBed.EndOf(3));
        bed.State.ConsumeError("division by zero", RuleStateBed.EndOf(4));
        bed.Restore(bed.Save());
        bed.Deliver();
        Assert.Equal(["condition firing", "error firing"], bed.Alerts.Select(alert => $"{alert.Kind} {alert.State}"));
        Assert.Contains("division by zero", bed.Alerts[1].Annotations["summary"], StringComparison.Ordinal);
        Assert.Equal(2, bed.State.FiringCount);
        bed.State.ConsumeError(null, RuleStateBed.EndOf(5));
        bed.Window(5, holds: true);
        bed.Deliver();
        Assert.Equal(["condition firing", "error resolved"], bed.Alerts.Select(alert => $"{alert.Kind} {alert.State}"));
        Assert.Equal(3, bed.Told.Count);
    }

    [Fact]
    public void Early_OpenWindow_FiresOnceAsItsClosingWould()
    {
        var bed = new RuleStateBed();
        Feed(bed, "00");
        bed.Window(3, holds: true, isEarly: true);
        bed.Deliver();
        AlertView early = Assert.Single(bed.Alerts);
        bed.Restore(bed.Save());
        bed.Window(3, holds: true, isEarly: true);
        bed.Window(3, holds: true);
        bed.Window(4, holds: true, isEarly: true);
        bed.Window(4, holds: true);
        bed.Window(5, holds: false);
        bed.Deliver();
        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal((early.Id, 3, 5, 2), (
            alert.Id, RuleStateBed.WindowOf(alert.StartedAt), RuleStateBed.WindowOf(alert.ResolvedAt!), alert.Revision));
        Assert.False(alert.Corrected);
        var closing = new RuleStateBed();
        Feed(closing, "00110");
        Assert.Equal(alert.Id, Assert.Single(closing.Alerts).Id);
    }

    [Fact]
    public void Gap_LateRowsTakeAWindowOutOfTheMiddle_DoesNotCutTheAlert()
    {
        var bed = new RuleStateBed();
        Feed(bed, "0111110");
        bed.Window(4, holds: false, isCorrection: true);
        bed.Deliver();
        AlertView alert = Assert.Single(bed.Alerts);
        Assert.Equal((2, 7), (RuleStateBed.WindowOf(alert.StartedAt), RuleStateBed.WindowOf(alert.ResolvedAt!)));
    }

    [Fact]
    public void TakenBack_ForIsFullAgainLater_IsToldAsNews()
    {
        var bed = new RuleStateBed(forSeconds: 20);
        Feed(bed, "1111");
        bed.Window(3, holds: false, isCorrection: true);
        bed.Deliver();
        Assert.Equal("resolved", Assert.Single(bed.Alerts).State);
        bed.Window(5, holds: true);
        bed.Window(6, holds: true);
        bed.Deliver();
        Assert.Equal(["resolved", "firing"], bed.Alerts.Select(alert => alert.State));
        Assert.Equal(4, RuleStateBed.WindowOf(bed.Alerts[1].StartedAt));
        Assert.Equal(3, bed.Told.Count);
    }

    /// <summary>Whatever order windows, corrections, early results and restarts come in: the alerts are those of the
    /// final windows.</summary>
    [Fact]
    public void Episodes_RandomCorrectionsAndRestores_AreThoseOfTheFinalWindows()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            new RuleStateScenario(seed).Run();
        }
    }

    private static void Feed(RuleStateBed bed, string windows)
    {
        for (int window = 0; window < windows.Length; window++)
        {
            bed.Window(window + 1, windows[window] == '1');
        }

        bed.Deliver();
    }
}
