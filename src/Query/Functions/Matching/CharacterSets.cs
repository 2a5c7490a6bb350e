using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Bongsu.Core.Automata;

namespace Bongsu.Query.Functions.Matching;

/// <summary>The characters that one atom of a .NET regular expression takes: asked of .NET itself, so that both agree.
/// Thread-safe.</summary>
internal static class CharacterSets
{
    private const int MaxKept = 512;
    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;
    private const int FirstBeyondBmp = 0x10000;

    private static readonly string s_all = string.Create(0x10000, 0, static (characters, _) =>
    {
        for (int code = 0; code < characters.Length; code++)
        {
            characters[code] = (char)code;
        }
    });

    private static readonly ConcurrentDictionary<(string Atom, RegexOptions Options), CodePointSet?> s_kept = new();

    /// <summary>The set of an atom such as <c>\d</c>, <c>[a-f]</c> or <c>x</c>.</summary>
    /// <returns>
    /// Code points; those beyond the basic plane as a whole, where both of their halves would be taken. Null where halves
    /// differ.
    /// </returns>
    public static CodePointSet? Of(string atom, RegexOptions options)
    {
        if (atom.Length == 1 && char.IsAsciiLetterOrDigit(atom[0]) && (options & RegexOptions.IgnoreCase) == 0)
        {
            return CodePointSet.Of(atom[0]);
        }

        if (!s_kept.TryGetValue((atom, options), out CodePointSet? set))
        {
            set = Compute(atom, options);
            if (s_kept.Count >= MaxKept)
            {
                s_kept.Clear();
            }

            s_kept.TryAdd((atom, options), set);
        }

        return set;
    }

    private static CodePointSet? Compute(string atom, RegexOptions options)
    {
        var ranges = new List<(int First, int Last)>();
        int surrogates = 0;
        foreach (ValueMatch match in Regex.EnumerateMatches(s_all, $"(?:{atom})+", options | RegexOptions.CultureInvariant))
        {
            int last = match.Index + match.Length - 1;
            ranges.Add((match.Index, last));
            surrogates += Math.Max(0, Math.Min(last, LastSurrogate) - Math.Max(match.Index, FirstSurrogate) + 1);
        }

        if (surrogates == LastSurrogate - FirstSurrogate + 1)
        {
            ranges.Add((FirstBeyondBmp, CodePointSet.Limit - 1));
            surrogates = 0;
        }

        return surrogates == 0 ? CodePointSet.OfRanges(ranges) : null;
    }
}
