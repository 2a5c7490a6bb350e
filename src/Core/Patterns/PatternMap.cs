using System.Text;
using Bongsu.Core.Templates;

namespace Bongsu.Core.Patterns;

/// <summary>The patterns of a set of templates: a coarser level, for people. Immutable.</summary>
/// <remarks>
/// A pure function of the templates and how many rows each has; the order of the templates does not matter. One setting
/// for all systems. Words that vary are found as in Drain (He et al., ICWS 2017) and Brain (Yu et al., TSC 2023), on
/// templates instead of lines.
/// </remarks>
public sealed class PatternMap
{
    private readonly Pattern[] _patterns;
    private readonly int[] _codes;

    private PatternMap(Pattern[] patterns, int[] codes)
    {
        _patterns = patterns;
        _codes = codes;
    }

    /// <summary>The distinct patterns.</summary>
    public IReadOnlyList<Pattern> Patterns => _patterns;

    /// <summary>By template the index of its pattern.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    /// <summary>Finds the patterns of templates.</summary>
    /// <param name="templates">Distinct templates.</param>
    /// <param name="rowCounts">By template its number of rows.</param>
    public static PatternMap Of(IReadOnlyList<Template> templates, IReadOnlyList<long> rowCounts)
    {
        if (templates.Count != rowCounts.Count)
        {
            throw new ArgumentException($"{rowCounts.Count} counts for {templates.Count} templates");
        }

        // What is first among equals must not depend on the order of the templates.
        int[] order = [.. Enumerable.Range(0, templates.Count)];
        Array.Sort(order, (left, right) => templates[left].Text.SequenceCompareTo(templates[right].Text));
        List<Atom>[] lines = Array.ConvertAll(order, template => AtomReader.Read(templates[template]));
        var header = new HeaderCutter(lines, Array.ConvertAll(order, template => rowCounts[template]));
        var messages = new List<Atom>[lines.Length];
        for (int line = 0; line < lines.Length; line++)
        {
            messages[line] = AtomSimplifier.Simplify(lines[line], header.Starts[line]);
        }

        var merger = new PatternMerger(messages);
        return Collect(order, merger.Merged);
    }

    private static PatternMap Collect(int[] order, IReadOnlyList<IReadOnlyList<Atom>> merged)
    {
        var patterns = new List<Pattern>();
        var indexes = new Dictionary<string, int>();
        int[] codes = new int[order.Length];
        for (int line = 0; line < order.Length; line++)
        {
            // Spacing is no difference; the first of its kind gives it.
            string key = string.Join(' ', merged[line].Select(atom => atom.Text));
            if (!indexes.TryGetValue(key, out int index))
            {
                index = patterns.Count;
                indexes.Add(key, index);
                patterns.Add(new Pattern(Write(merged[line])));
            }

            codes[order[line]] = index;
        }

        return new PatternMap([.. patterns], codes);
    }

    private static string Write(IReadOnlyList<Atom> atoms)
    {
        var text = new StringBuilder();
        foreach (Atom atom in atoms)
        {
            text.Append(atom.IsSpaced && text.Length > 0 ? " " : "").Append(atom.Text);
        }

        return text.ToString();
    }
}
