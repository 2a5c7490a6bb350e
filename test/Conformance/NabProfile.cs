namespace Bongsu.Conformance;

/// <summary>What detections are worth to whom.</summary>
/// <param name="Name">Its name in the benchmark.</param>
/// <param name="TruePositive">The first row of a window.</param>
/// <param name="FalsePositive">A row far from any window, as a cost.</param>
/// <param name="FalseNegative">A window without a detection, as a cost.</param>
internal sealed record NabProfile(string Name, double TruePositive, double FalsePositive, double FalseNegative)
{
    /// <summary>The benchmark's three.</summary>
    public static IReadOnlyList<NabProfile> All { get; } =
    [
        new("standard", 1, 0.11, 1), new("reward_low_FP_rate", 1, 0.22, 1), new("reward_low_FN_rate", 1, 0.11, 2),
    ];
}
