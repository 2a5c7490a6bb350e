using System.Runtime.InteropServices;
using Bongsu.Core.Encodings;

namespace Bongsu.Store.Terms;

/// <summary>What a block of text may contain. Answers are false only where it is certain.</summary>
internal sealed class TermFilter
{
    /// <summary>Version of filters that have every term.</summary>
    internal const byte WithNumbers = 1;

    /// <summary>Version of filters without terms of kind <see cref="TermKind.Number"/> and trigrams with digits.</summary>
    internal const byte WithoutNumbers = 2;

    private const int MaxLogWords = 20;

    private readonly ulong[] _bloom;
    private readonly ulong[] _trigrams;
    private readonly bool _hasNumbers;

    private TermFilter(ulong[] bloom, ulong[] trigrams, bool hasNumbers)
    {
        _bloom = bloom;
        _trigrams = trigrams;
        _hasNumbers = hasNumbers;
    }

    /// <exception cref="CorruptDataException">The bytes are no filter.</exception>
    public static TermFilter Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        byte version = reader.ReadByte();
        byte logWords = reader.ReadByte();
        if (version is not (WithNumbers or WithoutNumbers) || logWords > MaxLogWords)
        {
            throw new CorruptDataException($"term filter version {version} of 2^{logWords} words");
        }

        ulong[] bloom = ReadWords(ref reader, 1 << logWords);
        ulong[] trigrams = ReadWords(ref reader, (TermScanner.TrigramCount + 63) / 64);
        reader.ExpectEnd();
        return new TermFilter(bloom, trigrams, version == WithNumbers);
    }

    /// <summary>Whether all terms of the text may be there as whole terms (of one or several values).</summary>
    public bool MayContainTerms(ReadOnlySpan<byte> utf8) => Ask(utf8, isWhole: true);

    /// <summary>Whether a value may contain the text, which may begin and end inside a term.</summary>
    public bool MayContainText(ReadOnlySpan<byte> utf8) => Ask(utf8, isWhole: false);

    internal static void WriteWords(ReadOnlySpan<ulong> words, ByteWriter writer)
    {
        int start = writer.Length;
        writer.WriteUInt32(0);
        CompressedBytes.Write(MemoryMarshal.AsBytes(words), CompressedBytes.FastLevel, writer);
        writer.PatchUInt32(start, (uint)(writer.Length - start - 4));
    }

    private bool Ask(ReadOnlySpan<byte> utf8, bool isWhole)
    {
        var question = new Question(_bloom, _trigrams, _hasNumbers, isWhole);
        TermScanner.Scan(utf8, ref question);
        return !question.IsAbsent;
    }

    private static ulong[] ReadWords(ref ByteReader reader, int count)
    {
        int sizeBytes = (int)Math.Min(reader.ReadUInt32(), int.MaxValue);
        var inner = new ByteReader(reader.ReadBytes(sizeBytes));
        byte[] bytes = CompressedBytes.Read(ref inner, count * sizeof(ulong));
        inner.ExpectEnd();
        return MemoryMarshal.Cast<byte, ulong>(bytes).ToArray();
    }

    private struct Question(ulong[] bloom, ulong[] trigrams, bool hasNumbers, bool isWhole) : ITermSink
    {
        public bool IsAbsent { get; private set; }

        public void Term(ulong hash, TermKind kind, bool touchesStart, bool touchesEnd)
        {
            if ((isWhole || (!touchesStart && !touchesEnd)) && (hasNumbers || kind != TermKind.Number))
            {
                IsAbsent |= !Has(hash);
            }
        }

        public void Trigram(int index) =>
            IsAbsent |= (trigrams[index >> 6] >> (index & 63) & 1) == 0 && (hasNumbers || !TermScanner.HasDigit(index));

        public void Bigram(ulong hash) => IsAbsent |= !Has(hash);

        private readonly bool Has(ulong hash)
        {
            uint mask = ((uint)bloom.Length * 64) - 1;
            uint bit = (uint)hash;
            uint step = (uint)(hash >> 32) | 1;
            for (int index = 0; index < TermFilterBuilder.HashCount; index++, bit += step)
            {
                if ((bloom[(int)((bit & mask) >> 6)] >> (int)(bit & 63) & 1) == 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
