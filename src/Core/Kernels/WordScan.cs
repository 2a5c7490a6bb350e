using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bongsu.Core.Kernels;

/// <summary>Finds where a word of a message ends.</summary>
internal static class WordScan
{
    private const byte Ends = 1;
    private const byte EndsPath = 2;
    private const byte Digit = 4;
    private const byte Letter = 8;

    // Bytes above 0x7F are letters: a word of Korean is a word.
    private static readonly byte[] s_classes = MakeClasses();

    // Bit h of entry l says whether byte 16 h + l ends a word. One shuffle by each half of a byte, and their
    // conjunction, tells for sixteen bytes at once.
    private static readonly Vector128<byte> s_wordEnds = MakeLows(Ends);
    private static readonly Vector128<byte> s_pathEnds = MakeLows(EndsPath);

    /// <summary>White space, control characters, quotes, brackets and <c>, ; = |</c>.</summary>
    public static bool IsEnd(byte value) => (s_classes[value] & Ends) != 0;

    /// <summary>0 to 9.</summary>
    public static bool IsDigit(byte value) => (uint)(value - '0') <= 9;

    /// <summary>A letter of any script, or an underscore.</summary>
    public static bool IsLetter(byte value) => (s_classes[value] & Letter) != 0;

    /// <summary>A letter, digit or underscore.</summary>
    public static bool IsLetterOrDigit(byte value) => (s_classes[value] & (Letter | Digit)) != 0;

    /// <summary>The end of the word that begins at <paramref name="start"/>, at most <paramref name="end"/>.</summary>
    public static int FindEnd(ReadOnlySpan<byte> bytes, int start, int end, out WordMarks marks) =>
        Find(bytes, start, end, s_wordEnds, Ends, out marks);

    /// <summary>The end of the path or address that begins at <paramref name="start"/>: these hold <c>= ( [ {</c>
    /// too.</summary>
    public static int FindPathEnd(ReadOnlySpan<byte> bytes, int start, int end) =>
        Find(bytes, start, end, s_pathEnds, EndsPath, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Find(
        ReadOnlySpan<byte> bytes,
        int start,
        int end,
        Vector128<byte> lows,
        byte endClass,
        out WordMarks marks)
    {
        uint digits = 0;
        uint colons = 0;
        uint others = 0;
        int position = start;
        Vector128<byte> highs = Vector128.Create(1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);
        while (position < end && position <= bytes.Length - Vector128<byte>.Count)
        {
            Vector128<byte> value = Vector128.Create(bytes.Slice(position, Vector128<byte>.Count));
            Vector128<byte> ends = Vector128.Shuffle(lows, value & Vector128.Create((byte)0x0F)) &
                Vector128.Shuffle(highs, value >>> 4);
            uint ended = ~Vector128.Equals(ends, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
            uint digit = Vector128.LessThanOrEqual(value - Vector128.Create((byte)'0'), Vector128.Create((byte)9))
                .ExtractMostSignificantBits();
            uint colon = Vector128.Equals(value, Vector128.Create((byte)':')).ExtractMostSignificantBits();
            uint dot = Vector128.Equals(value, Vector128.Create((byte)'.')).ExtractMostSignificantBits();
            int left = end - position;
            ended |= left < Vector128<byte>.Count ? 1u << left : 0;
            if (ended != 0)
            {
                int length = BitOperations.TrailingZeroCount(ended);
                uint word = (1u << length) - 1;
                digit &= word;
                digits |= digit;
                colons |= colon & word;
                others |= (dot & word) | (digit & (digit >> 1) & (digit >> 2) & (digit >> 3) & (digit >> 4));
                marks = Marks(digits, colons, others);
                return position + length;
            }

            digits |= digit;
            colons |= colon;
            others = 1;
            position += Vector128<byte>.Count;
        }

        for (; position < end && (s_classes[bytes[position]] & endClass) == 0; position++)
        {
            digits |= s_classes[bytes[position]] & (uint)Digit;
            colons |= bytes[position] == ':' ? 1u : 0;
        }

        marks = Marks(digits, colons, others: 1);
        return position;
    }

    private static WordMarks Marks(uint digits, uint colons, uint others) =>
        (digits != 0 ? WordMarks.Digit : 0) | (colons != 0 ? WordMarks.Colon : 0) | (others != 0 ? WordMarks.DotOrNumber : 0);

    private static byte[] MakeClasses()
    {
        byte[] classes = new byte[256];
        for (int value = 0; value < classes.Length; value++)
        {
            bool isDigit = value is >= '0' and <= '9';
            bool isLetter = value is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_' or > 0x7F;
            bool ends = value is <= ' ' or 0x7F || "\"'(),;<=>[]{}|".Contains((char)value, StringComparison.Ordinal);
            bool endsPath = ends && value is not ('=' or '(' or '[' or '{');
            classes[value] = (byte)((isDigit ? Digit : 0) | (isLetter ? Letter : 0) | (ends ? Ends : 0) |
                (endsPath ? EndsPath : 0));
        }

        return classes;
    }

    private static Vector128<byte> MakeLows(byte endClass)
    {
        Span<byte> lows = stackalloc byte[16];
        for (int value = 0; value < 128; value++)
        {
            lows[value & 15] |= (byte)((s_classes[value] & endClass) != 0 ? 1 << (value >> 4) : 0);
        }

        return Vector128.Create((ReadOnlySpan<byte>)lows);
    }
}
