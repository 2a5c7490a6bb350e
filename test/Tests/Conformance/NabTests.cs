using Bongsu.Conformance;

namespace Bongsu.Tests.Conformance;

/// <summary>The streaming detector on the labelled series: one setting for all.</summary>
public sealed class NabTests
{
    [NabFact]
    public void OpenSeries_ScoreWellInEachProfile()
    {
        IReadOnlyList<NabSeries> series = NabSeries.ReadAll(NabFactAttribute.Folder);
        double[][] scores = NabRunner.Score(series);
        double[] best = [.. NabProfile.All.Select(profile => NabScorer.Best(series, scores, profile).Score)];
        Assert.True(best[0] > 73, $"standard: {best[0]:0.0}");
        Assert.True(best[1] > 64, $"low false positives: {best[1]:0.0}");
        Assert.True(best[2] > 78, $"low false negatives: {best[2]:0.0}");
    }
}
