using System.Collections.Frozen;

namespace Bongsu.Core.Patterns;

/// <summary>Takes the header off raw log lines: time stamp, level, thread, host, component.</summary>
/// <remarks>
/// No format is known by name. A step is taken only where most rows have it in the same place, so messages without a
/// header keep their first words.
/// </remarks>
internal sealed class HeaderCutter
{
    // Of all rows, so many must show a step.
    private const double MinShare = 0.6;
    private const int MaxHeaderWords = 12;
    private const int MinLeadingVariables = 2;

    private static readonly FrozenSet<string> s_levels = FrozenSet.ToFrozenSet(
        ("trace debug info information notice warn warning error err fatal critical crit alert emerg emergency severe " +
            "verbose panic d i w e f v").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyList<List<Atom>> _lines;
    private readonly IReadOnlyList<long> _counts;
    private readonly int[] _starts;

    /// <summary>Looks at all lines.</summary>
    /// <param name="lines">The atoms of each.</param>
    /// <param name="counts">How many rows are like it.</param>
    public HeaderCutter(IReadOnlyList<List<Atom>> lines, IReadOnlyList<long> counts)
    {
        _lines = lines;
        _counts = counts;
        _starts = new int[lines.Count];
        bool hasLevel = TryStep(FindLevels());
        if (!hasLevel && !TryStep(EndOfLeadingVariables))
        {
            return;
        }

        TryStep(EndOfBrackets);
        if (!hasLevel)
        {
            TryStep(EndOfHost);
        }

        if (TryStep(EndOfComponent))
        {
            TryStep(EndOfBrackets);
        }
    }

    /// <summary>By line the first atom of its message.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    // Takes a step on all lines that allow it, if most rows do. A step gives the end of what it covers, or -1.
    private bool TryStep(Func<List<Atom>, int, int> step)
    {
        long rows = 0, taken = 0;
        int[] ends = new int[_lines.Count];
        for (int line = 0; line < ends.Length; line++)
        {
            ends[line] = step(_lines[line], _starts[line]);
            rows += _counts[line];
            taken += ends[line] < 0 ? 0 : _counts[line];
        }

        if (taken == 0 || taken < rows * MinShare)
        {
            return false;
        }

        for (int line = 0; line < ends.Length; line++)
        {
            if (ends[line] >= 0 && HasWord(_lines[line], SkipMarks(_lines[line], ends[line])))
            {
                _starts[line] = SkipMarks(_lines[line], ends[line]);
            }
        }

        return true;
    }

    // The level is the same word of most rows, behind at least one variable.
    private Func<List<Atom>, int, int> FindLevels()
    {
        long[] rows = new long[MaxHeaderWords];
        for (int line = 0; line < _lines.Count; line++)
        {
            for (int word = 0; word < MaxHeaderWords; word++)
            {
                rows[word] += LevelAt(_lines[line], word) < 0 ? 0 : _counts[line];
            }
        }

        int most = Array.IndexOf(rows, rows.Max());
        return (atoms, _) => LevelAt(atoms, most);
    }

    private static int LevelAt(List<Atom> atoms, int word)
    {
        bool hasVariable = false;
        int seen = 0;
        for (int atom = 0; atom < atoms.Count; atom++)
        {
            if (atoms[atom].Kind == AtomKind.Mark)
            {
                continue;
            }

            if (seen++ == word)
            {
                return hasVariable && atoms[atom].IsWord && s_levels.Contains(atoms[atom].Text) ? atom + 1 : -1;
            }

            hasVariable |= atoms[atom].IsVariable;
        }

        return -1;
    }

    private static int EndOfLeadingVariables(List<Atom> atoms, int start)
    {
        int variables = 0;
        int end = start;
        for (; end < atoms.Count && (!atoms[end].IsWord || atoms[end].Text == "-") && !atoms[end].IsMark('"'); end++)
        {
            variables += atoms[end].IsVariable ? 1 : 0;
        }

        return variables >= MinLeadingVariables ? end : -1;
    }

    private static int EndOfBrackets(List<Atom> atoms, int start) =>
        start < atoms.Count && atoms[start].IsMark('[') ? Brackets.End(atoms, start) : -1;

    // A host stands before a component.
    private static int EndOfHost(List<Atom> atoms, int start) =>
        start + 1 < atoms.Count && atoms[start].IsWord && atoms[start + 1].IsSpaced && EndOfComponent(atoms, start + 1) >= 0
            ? start + 1
            : -1;

    // "name: ", "name(x)[pid]: ", "name - ", or a dotted name before brackets.
    private static int EndOfComponent(List<Atom> atoms, int start)
    {
        if (start >= atoms.Count || atoms[start].Kind == AtomKind.Mark)
        {
            return -1;
        }

        int end = start + 1;
        bool isName = atoms[start].IsVariable || atoms[start].Text.Contains('.', StringComparison.Ordinal);
        if (isName && end < atoms.Count && atoms[end].IsMark('[') && atoms[end].IsSpaced)
        {
            return end;
        }

        if (end + 1 < atoms.Count && atoms[end] is { Text: "-", IsSpaced: true } && atoms[end + 1].IsSpaced)
        {
            return end + 1;
        }

        while (end < atoms.Count && (atoms[end].IsMark('(') || atoms[end].IsMark('[')))
        {
            end = Brackets.End(atoms, end);
            if (end < 0)
            {
                return -1;
            }
        }

        return end + 1 < atoms.Count && atoms[end].IsMark(':') && atoms[end + 1].IsSpaced ? end + 1 : -1;
    }

    private static int SkipMarks(List<Atom> atoms, int start)
    {
        while (start < atoms.Count && (atoms[start].Text == "-" ||
            (atoms[start].Kind == AtomKind.Mark && atoms[start].Text[0] is ']' or ')' or ':' or '|' or ',')))
        {
            start++;
        }

        return start;
    }

    private static bool HasWord(List<Atom> atoms, int start) =>
        atoms.FindIndex(start, atom => atom.IsWord && char.IsLetter(atom.Text[0])) >= 0;
}
