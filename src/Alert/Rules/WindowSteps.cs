namespace Bongsu.Alert.Rules;

/// <summary>How far apart the windows of a rule end where its file does not say.</summary>
internal static class WindowSteps
{
    /// <summary>For rules that watch rows one by one: how often time alone is looked at.</summary>
    public static readonly TimeSpan OfEvents = TimeSpan.FromSeconds(10);

    // A result is never older than this share of its window, nor costs more slots than this to merge.
    private const int LeastPerWindow = 10;
    private const int MostPerWindow = 360;

    // Each divides the next but one, and the day: windows of most lengths are whole numbers of them.
    private static readonly int[] s_seconds = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200];

    /// <summary>A tenth of a window, 1s to 1m, in a length that divides it where there is one; longer where the window
    /// would have too many slots.</summary>
    public static TimeSpan Hop(TimeSpan window)
    {
        double seconds = window.TotalSeconds;
        double most = Math.Max(Math.Clamp(seconds / LeastPerWindow, 1, 60), seconds / MostPerWindow);
        int[] dividing = [.. s_seconds.Where(step => seconds % step == 0)];
        int[] known = dividing.Length > 0 ? dividing : s_seconds;
        int fine = known.LastOrDefault(step => step <= most, known[0]);
        int coarse = known.FirstOrDefault(step => step >= seconds / MostPerWindow, known[^1]);
        return TimeSpan.FromSeconds(Math.Max(fine, coarse));
    }
}
