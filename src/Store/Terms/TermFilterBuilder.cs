using System.Numerics;
using Bongsu.Core.Encodings;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Terms;

/// <summary>Collects the terms and n-grams of a block of text into one filter.</summary>
/// <remarks>
/// A Bloom filter (Bloom 1970) of terms and bigrams, and the exact set of ASCII trigrams. The filter starts at sixteen
/// bits a row and is folded in half while it stays sparse: no term is counted beforehand. Of templated text, numbers are
/// left out but for identifiers. Reused for block after block; one owner.
/// </remarks>
internal sealed class TermFilterBuilder
{
    /// <summary>Bits set for each entry.</summary>
    internal const int HashCount = 3;

    private const int BitsPerRow = 16;
    private const int MinWords = 8;
    private const int MaxWords = 1 << 14; // 128 KiB: two bytes a row of a full block

    // Folding stops where more than this share of the bits would be set: at worst 6 % false positives. At a third, full
    // blocks of log messages with an identifier each stay just above it, at twice the size.
    private const double MaxFill = 0.4;

    private readonly ulong[] _bloom = new ulong[MaxWords];
    private readonly ulong[] _variables = new ulong[(TermScanner.TrigramCount + 63) / 64];
    private readonly ulong[] _trigrams = new ulong[(TermScanner.TrigramCount + 63) / 64];

    /// <summary>Appends the filter of the given strings.</summary>
    public void Build(StringVector strings, ByteWriter writer)
    {
        int words = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp((long)strings.Length * BitsPerRow / 64, MinWords, MaxWords));
        Span<ulong> bloom = _bloom.AsSpan(0, words);
        bloom.Clear();
        Array.Clear(_trigrams);
        var sink = new Sink(bloom, _trigrams);
        var numbers = default(NumberTerms);
        Span<ulong> variables = default;
        if (strings.Templates is { } templates)
        {
            if (TemplateTerms.ScanTexts(templates, ref sink))
            {
                _trigrams.CopyTo(_variables, 0);
                variables = _variables;
            }

            numbers = TemplateTerms.ScanOthers(templates, ref sink);
        }
        else
        {
            for (int row = 0; row < strings.Length; row++)
            {
                TermScanner.Scan(strings[row], ref sink);
            }
        }

        TermFilter.Write(numbers, Fold(bloom), _trigrams, variables, writer);
    }

    private static Span<ulong> Fold(Span<ulong> bloom)
    {
        while (bloom.Length > MinWords)
        {
            int half = bloom.Length / 2;
            long bits = 0;
            for (int word = 0; word < half; word++)
            {
                bits += BitOperations.PopCount(bloom[word] | bloom[half + word]);
            }

            if (bits > half * 64 * MaxFill)
            {
                break;
            }

            for (int word = 0; word < half; word++)
            {
                bloom[word] |= bloom[half + word];
            }

            bloom = bloom[..half];
        }

        return bloom;
    }

    private readonly ref struct Sink(Span<ulong> bloom, ulong[] trigrams) : ITermSink
    {
        private readonly Span<ulong> _bloom = bloom;
        private readonly uint _mask = ((uint)bloom.Length * 64) - 1;

        public void Term(ulong hash, TermShape shape, bool touchesStart, bool touchesEnd) => Add(hash);

        public void Trigram(int index) => trigrams[index >> 6] |= 1UL << (index & 63);

        public void Bigram(ulong hash) => Add(hash);

        // Two halves of the hash give all positions (Kirsch and Mitzenmacher, 2006).
        private void Add(ulong hash)
        {
            uint bit = (uint)hash;
            uint step = (uint)(hash >> 32) | 1;
            for (int index = 0; index < HashCount; index++, bit += step)
            {
                _bloom[(int)((bit & _mask) >> 6)] |= 1UL << (int)(bit & 63);
            }
        }
    }
}
