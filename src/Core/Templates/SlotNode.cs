using Bongsu.Core.Kernels;

namespace Bongsu.Core.Templates;

/// <summary>A slot in the tree of templates: reads one variable.</summary>
/// <remarks>
/// Takes just what the tokenizer would take, so that a message's template does not depend on what came before. The last
/// kind of number is tried first, without looking for the end of the word; any thread may write that hint, and a wrong
/// one costs only time.
/// </remarks>
internal sealed class SlotNode(SlotClass slotClass, byte before)
{
    private const int MaxNumberBytes = 24;

    private int _hint;

    /// <summary>What follows the variable.</summary>
    public MatchNode Next { get; } = new();

    /// <summary>Whether words were found to vary here.</summary>
    public bool TakesAnyWord { get; set; }

    /// <summary>Whether some template's last slot is this one, and takes all that is left.</summary>
    public bool TakesRest { get; set; }

    /// <summary>Reads the variable at <paramref name="position"/>.</summary>
    /// <returns>The position behind it; -1 if there is none.</returns>
    public int Take(ReadOnlySpan<byte> bytes, int position, int end, out SlotValue value)
    {
        int hint = _hint;
        if (hint != 0)
        {
            var kind = (VariableKind)(hint & 0xFF);
            int digits = hint >> 8;
            int length = kind == VariableKind.Integer
                ? NumberText.ReadInteger(bytes, position, end, out long number)
                : NumberText.Read(kind, digits, bytes, position, end, out number);
            if (length > 0 && (slotClass != SlotClass.Inner || kind == VariableKind.Time || WordRules.IsInnerNumber(before, length)) &&
                EndsNumber(kind, bytes, position + length, end))
            {
                value = SlotValue.OfNumber(kind, digits, position, length, number);
                return position + length;
            }
        }

        int bytesTaken = Measure(bytes, position, end);
        if (bytesTaken < 0)
        {
            value = default;
            return -1;
        }

        value = Classify(bytes.Slice(position, bytesTaken), position);
        // Sixteen hexadecimal digits may all be decimal ones by chance, six padded ones begin with no zero: that changes
        // no expectation.
        bool isChance = value.Kind is VariableKind.Integer or VariableKind.Padded && hint >> 8 == bytesTaken &&
            (hint & 0xFF) is (int)VariableKind.Hex or (int)VariableKind.Padded;
        _hint = value.Kind == VariableKind.Text || isChance ? hint : value.Form;
        return position + bytesTaken;
    }

    /// <summary>A variable that begins at <paramref name="start"/>, as the kind that keeps it best.</summary>
    public static SlotValue Classify(ReadOnlySpan<byte> text, int start)
    {
        if (text.Length is > 0 and <= MaxNumberBytes && MayBeginNumber(text[0]) && text.ContainsAnyInRange((byte)'0', (byte)'9'))
        {
            VariableKind kind = VariableText.KindOf(text, out int digits);
            if (kind != VariableKind.Text && VariableText.TryParse(kind, digits, text, out long number))
            {
                return SlotValue.OfNumber(kind, digits, start, text.Length, number);
            }
        }

        return SlotValue.OfText(start, text.Length);
    }

    private static bool MayBeginNumber(byte first) =>
        WordScan.IsDigit(first) || first == '-' || first is >= (byte)'a' and <= (byte)'f';

    // Behind a number: what a template goes on with, and that begins with the end of a word or a unit.
    private bool EndsNumber(VariableKind kind, ReadOnlySpan<byte> bytes, int position, int end)
    {
        if (position == end)
        {
            return true;
        }

        byte next = bytes[position];
        bool isEnd = slotClass == SlotClass.Quoted ? next == before : WordScan.IsEnd(next);
        if (isEnd || slotClass == SlotClass.Quoted)
        {
            return isEnd;
        }

        bool isCut = next == ':' ? kind == VariableKind.Ipv4 || slotClass == SlotClass.Inner : next != '.';
        return isCut && Next.Follow(bytes, position, end) is not null;
    }

    private int Measure(ReadOnlySpan<byte> bytes, int position, int end) => slotClass switch
    {
        SlotClass.Quoted => QuotedScan.Measure(bytes, position, end, before),
        SlotClass.Inner => MeasureInner(bytes, position, end),
        SlotClass.Host => MeasureHost(bytes, position, end),
        SlotClass.Path => MeasurePath(bytes, position, end),
        _ => MeasureWord(bytes, position, end),
    };

    private int MeasureWord(ReadOnlySpan<byte> bytes, int position, int end)
    {
        if (position < end && bytes[position] == '/')
        {
            int pathEnd = WordRules.TrimEnd(bytes, position, WordScan.FindPathEnd(bytes, position, end));
            return pathEnd > position + 1 && !WordScan.IsDigit(bytes[position + 1])
                ? pathEnd - position
                : MeasureCut(bytes[position..pathEnd], WordMarks.None);
        }

        int wordEnd = WordScan.FindEnd(bytes, position, end, out WordMarks marks);
        int length = WordRules.TrimEnd(bytes, position, wordEnd) - position;
        if (length == 0)
        {
            return slotClass == SlotClass.Value && wordEnd == position ? 0 : -1;
        }

        if (slotClass == SlotClass.Value && (marks & (WordMarks.Digit | WordMarks.Colon)) == 0)
        {
            return length;
        }

        int measured = MeasureCut(bytes.Slice(position, length), marks);
        return measured < 0 && length == 3 && WordRules.IsDateName(bytes, position, end) ? length : measured;
    }

    private int MeasureCut(ReadOnlySpan<byte> word, WordMarks marks)
    {
        WordCut cut = WordRules.Cut(word, marks, slotClass == SlotClass.Value);
        if (cut.SlotBytes == 0)
        {
            return TakesAnyWord && WordScan.IsLetterOrDigit(word[0]) ? word.Length : -1;
        }

        return cut.PrefixBytes == 0 ? cut.SlotBytes : -1;
    }

    private int MeasureInner(ReadOnlySpan<byte> bytes, int position, int end)
    {
        int wordEnd = WordRules.TrimEnd(bytes, position, WordScan.FindEnd(bytes, position, end, out _));
        ReadOnlySpan<byte> text = bytes[position..wordEnd];
        if (before is (byte)'T' or (byte)'_' or (byte)'-' && WordRules.TimeBytes(text) is > 0 and var timeBytes)
        {
            return timeBytes;
        }

        if (before is (byte)'x' or (byte)'X')
        {
            int hex = WordRules.HexBytes(text);
            return hex > 0 && (hex == text.Length || !WordScan.IsLetterOrDigit(text[hex])) ? hex : -1;
        }

        int number = WordRules.NumberBytes(text);
        return WordRules.IsInnerNumber(before, number) ? number : -1;
    }

    private static int MeasureHost(ReadOnlySpan<byte> bytes, int position, int end)
    {
        ReadOnlySpan<byte> address = bytes[position..WordRules.TrimEnd(bytes, position, WordScan.FindPathEnd(bytes, position, end))];
        int host = address.IndexOfAny(":/?#"u8);
        host = host < 0 ? address.Length : host;
        return host == 0 ? -1 : host;
    }

    private static int MeasurePath(ReadOnlySpan<byte> bytes, int position, int end)
    {
        ReadOnlySpan<byte> path = bytes[position..WordRules.TrimEnd(bytes, position, WordScan.FindPathEnd(bytes, position, end))];
        if (path.IsEmpty)
        {
            return -1;
        }

        return WordRules.IsHost(path, out int addressBytes) ? addressBytes : path.Length;
    }
}
