namespace Bongsu.LogBench.Answers;

/// <summary>The latest lines of those it was shown, with all that tie with the last of them.</summary>
internal sealed class LatestLines(int count)
{
    private readonly List<LinePlace> _lines = [];
    private long _earliestMs = long.MinValue;

    /// <summary>Shows a line.</summary>
    public void Add(LinePlace line)
    {
        if (line.TimeMs < _earliestMs)
        {
            return;
        }

        _lines.Add(line);
        if (_lines.Count > count * 32)
        {
            Trim();
        }
    }

    /// <summary>Shows all lines of another.</summary>
    public void Merge(LatestLines other)
    {
        foreach (LinePlace line in other._lines)
        {
            Add(line);
        }
    }

    /// <summary>The lines, latest first.</summary>
    public IReadOnlyList<LinePlace> Take()
    {
        Trim();
        return _lines;
    }

    private void Trim()
    {
        _lines.Sort((left, right) => right.TimeMs.CompareTo(left.TimeMs));
        if (_lines.Count > count)
        {
            _earliestMs = _lines[count - 1].TimeMs;
            _lines.RemoveAll(line => line.TimeMs < _earliestMs);
        }
    }
}
