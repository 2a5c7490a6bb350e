using System.Text;

namespace Bongsu.Core.Automata;

/// <summary>A set of Unicode code points. Immutable.</summary>
public sealed class CodePointSet : IEquatable<CodePointSet>
{
    /// <summary>One more than the last code point.</summary>
    public const int Limit = 0x110000;

    // Planes 4 and up hold no letters (a test looks at all of them).
    private const int LetterLimit = 0x40000;

    private static readonly Lazy<CodePointSet> s_lettersAndDigits = new(() => Where(Rune.IsLetterOrDigit, LetterLimit));

    // Where ranges begin and, exclusive, end: ascending, an even number.
    private readonly int[] _bounds;

    private CodePointSet(int[] bounds)
    {
        _bounds = bounds;
    }

    /// <summary>No code point.</summary>
    public static CodePointSet Empty { get; } = new([]);

    /// <summary>Letters and digits of all scripts: what terms are made of.</summary>
    public static CodePointSet LettersAndDigits => s_lettersAndDigits.Value;

    /// <summary>Where ranges begin and, exclusive, end; ascending.</summary>
    public ReadOnlySpan<int> Bounds => _bounds;

    /// <summary>One code point.</summary>
    public static CodePointSet Of(int codePoint) => new([codePoint, codePoint + 1]);

    /// <summary>The union of ranges, both ends included, in any order.</summary>
    public static CodePointSet OfRanges(IEnumerable<(int First, int Last)> ranges)
    {
        var bounds = new List<int>();
        foreach ((int first, int last) in ranges.OrderBy(range => range.First))
        {
            if (bounds.Count > 0 && first <= bounds[^1])
            {
                bounds[^1] = Math.Max(bounds[^1], last + 1);
            }
            else
            {
                bounds.Add(first);
                bounds.Add(last + 1);
            }
        }

        return new CodePointSet([.. bounds]);
    }

    /// <summary>Whether a code point is in the set.</summary>
    public bool Contains(int codePoint)
    {
        int index = Array.BinarySearch(_bounds, codePoint);
        return ((index >= 0 ? index : ~index - 1) & 1) == 0 && index != -1;
    }

    /// <inheritdoc/>
    public bool Equals(CodePointSet? other) => other is not null && Bounds.SequenceEqual(other.Bounds);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CodePointSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (int bound in _bounds)
        {
            hash.Add(bound);
        }

        return hash.ToHashCode();
    }

    private static CodePointSet Where(Func<Rune, bool> holds, int limit)
    {
        var bounds = new List<int>();
        for (int codePoint = 0; codePoint <= limit; codePoint++)
        {
            bool isIn = codePoint < limit && Rune.IsValid(codePoint) && holds(new Rune(codePoint));
            if (isIn == ((bounds.Count & 1) == 0))
            {
                bounds.Add(codePoint);
            }
        }

        return new CodePointSet([.. bounds]);
    }
}
