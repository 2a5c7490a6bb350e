using System.Numerics;
using System.Runtime.InteropServices;
using Bongsu.Core.Encodings;

namespace Bongsu.Store.Terms;

/// <summary>What a block of text may contain. Answers are false only where it is certain.</summary>
internal sealed class TermFilter
{
    private const byte Version = 3;
    private const int MaxLogWords = 20;
    private const int TrigramWords = (TermScanner.TrigramCount + 63) / 64;

    private readonly NumberTerms _numbers;
    private readonly ulong[] _bloom;
    private readonly ulong[] _trigrams;

    // Of text variables; null where one of them is no whole UTF-8.
    private readonly ulong[]? _variables;

    private TermFilter(NumberTerms numbers, ulong[] bloom, ulong[] trigrams, ulong[]? variables)
    {
        _variables = variables;
        _numbers = numbers;
        _bloom = bloom;
        _trigrams = trigrams;
    }

    /// <summary>Bytes in memory, about.</summary>
    public long SizeBytes => sizeof(ulong) * ((long)_bloom.Length + _trigrams.Length + (_variables?.Length ?? 0));

    /// <exception cref="CorruptDataException">The bytes are no filter.</exception>
    public static TermFilter Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        byte version = reader.ReadByte();
        byte logWords = reader.ReadByte();
        byte kinds = reader.ReadByte();
        uint hexWidths = reader.ReadUInt32();
        if (version != Version || logWords > MaxLogWords || (hexWidths & ~NumberTerms.HexWidthMask) != 0)
        {
            throw new CorruptDataException($"term filter version {version} of 2^{logWords} words, widths 0x{hexWidths:x}");
        }

        byte[] trigrams = CompressedBytes.Read(ref reader, TrigramWords * sizeof(ulong));
        byte[]? variables = reader.ReadByte() switch
        {
            0 => null,
            1 => CompressedBytes.Read(ref reader, TrigramWords * sizeof(ulong)),
            byte other => throw new CorruptDataException($"byte {reader.Position}: {other} sets of trigrams of variables"),
        };
        ReadOnlySpan<byte> bloom = reader.ReadBytes(sizeof(ulong) << logWords);
        reader.ExpectEnd();
        return new TermFilter(
            new NumberTerms((NumberTermKinds)kinds, (int)hexWidths),
            MemoryMarshal.Cast<byte, ulong>(bloom).ToArray(),
            MemoryMarshal.Cast<byte, ulong>(trigrams).ToArray(),
            variables is null ? null : MemoryMarshal.Cast<byte, ulong>(variables).ToArray());
    }

    /// <summary>Appends a filter.</summary>
    /// <param name="numbers">What is to be known of numbers.</param>
    /// <param name="bloom">Terms and bigrams.</param>
    /// <param name="trigrams">Trigrams.</param>
    /// <param name="variables">Those of text variables; empty where they are not known.</param>
    /// <param name="writer">Takes the filter.</param>
    public static void Write(
        NumberTerms numbers, ReadOnlySpan<ulong> bloom, ReadOnlySpan<ulong> trigrams, ReadOnlySpan<ulong> variables, ByteWriter writer)
    {
        writer.WriteByte(Version);
        writer.WriteByte((byte)BitOperations.Log2((uint)bloom.Length));
        writer.WriteByte((byte)numbers.Kinds);
        writer.WriteUInt32((uint)numbers.HexWidths);
        CompressedBytes.Write(MemoryMarshal.AsBytes(trigrams), CompressedBytes.FastLevel, writer);
        writer.WriteByte(variables.IsEmpty ? (byte)0 : (byte)1);
        if (!variables.IsEmpty)
        {
            CompressedBytes.Write(MemoryMarshal.AsBytes(variables), CompressedBytes.FastLevel, writer);
        }

        writer.WriteBytes(MemoryMarshal.AsBytes(bloom));
    }

    /// <summary>Whether all terms of the text may be there as whole terms (of one or several values).</summary>
    public bool MayContainTerms(ReadOnlySpan<byte> utf8) => Ask(utf8, isWhole: true);

    /// <summary>Whether a value may contain the text, which may begin and end inside a term.</summary>
    public bool MayContainText(ReadOnlySpan<byte> utf8) => Ask(utf8, isWhole: false);

    /// <summary>Whether a text variable may contain the text, or is cut inside a code point.</summary>
    public bool MayVariablesContain(ReadOnlySpan<byte> utf8)
    {
        if (_variables is null)
        {
            return true;
        }

        var question = new TrigramQuestion(_variables);
        TermScanner.Scan(utf8, ref question);
        return !question.IsAbsent;
    }

    private bool Ask(ReadOnlySpan<byte> utf8, bool isWhole)
    {
        var question = new Question(this, isWhole);
        TermScanner.Scan(utf8, ref question);
        return !question.IsAbsent;
    }

    private struct TrigramQuestion(ulong[] trigrams) : ITermSink
    {
        public bool IsAbsent { get; private set; }

        public readonly void Term(ulong hash, TermShape shape, bool touchesStart, bool touchesEnd)
        {
        }

        public void Trigram(int index) => IsAbsent |= (trigrams[index >> 6] >> (index & 63) & 1) == 0;

        public readonly void Bigram(ulong hash)
        {
        }
    }

    private struct Question(TermFilter filter, bool isWhole) : ITermSink
    {
        // An n-gram of the term being read is not there.
        private bool _isNoText;

        public bool IsAbsent { get; private set; }

        public void Term(ulong hash, TermShape shape, bool touchesStart, bool touchesEnd)
        {
            bool isWholeTerm = isWhole || (!touchesStart && !touchesEnd);
            bool isHeld = Has(hash);
            NumberTerms numbers = filter._numbers;
            bool mayBeText = !_isNoText && (!isWholeTerm || isHeld || MayBeJoined(numbers, shape));
            bool mayBeNumber = (shape.IsDigits && numbers.Has(NumberTermKinds.Digits)) ||
                (shape.IsHex && numbers.MayBeHex(shape.Length, isWholeTerm, isHeld));
            IsAbsent |= !mayBeText && !mayBeNumber;
            _isNoText = false;
        }

        public void Trigram(int index) => _isNoText |= (filter._trigrams[index >> 6] >> (index & 63) & 1) == 0;

        public void Bigram(ulong hash) => _isNoText |= !Has(hash);

        // Terms with variable digits inside are not held.
        private static bool MayBeJoined(NumberTerms numbers, TermShape shape) =>
            (shape.HasDigit && numbers.Has(NumberTermKinds.JoinedDigits))
            || (shape.HasHexDigit && numbers.Has(NumberTermKinds.JoinedHex));

        private readonly bool Has(ulong hash)
        {
            ulong[] bloom = filter._bloom;
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
