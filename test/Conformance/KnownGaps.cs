namespace Bongsu.Conformance;

/// <summary>What the engine is known not to do yet, by feature, and the cases that contradict the reference.</summary>
/// <remarks>
/// The file has one entry a line: <c>function NAME</c> (a <c>*</c> at the end for a family), <c>operator NAME</c>,
/// <c>text PART OF THE ERROR</c>
/// or <c>case ID</c>; what follows <c>#</c> says why.
/// </remarks>
internal sealed class KnownGaps
{
    private readonly List<(string Kind, string Text)> _entries = [];

    /// <summary>The list that lies beside the runner.</summary>
    public static KnownGaps Read()
    {
        var gaps = new KnownGaps();
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "known-gaps.txt")))
        {
            string entry = line.Split('#')[0].Trim();
            int space = entry.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0)
            {
                gaps._entries.Add((entry[..space], entry[(space + 1)..].Trim()));
            }
        }

        return gaps;
    }

    /// <summary>Whether a failure is one of them.</summary>
    public bool Explains(KqlCase one, KqlOutcome outcome) => _entries.Any(entry => entry.Kind switch
    {
        "function" => outcome.ErrorCode == "unknown_function" && Names(outcome.Detail, entry.Text),
        "operator" => outcome.ErrorCode == "unsupported" && Names(outcome.Detail, entry.Text),
        "text" => outcome.Detail.Contains(entry.Text, StringComparison.Ordinal),
        "case" => one.Id == entry.Text,
        _ => false,
    });

    private static bool Names(string detail, string name) => name.EndsWith('*')
        ? detail.Contains("'" + name[..^1], StringComparison.Ordinal)
        : detail.Contains($"'{name}'", StringComparison.Ordinal);
}
