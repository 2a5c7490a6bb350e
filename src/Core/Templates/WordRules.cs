using System.Buffers;
using Bongsu.Core.Kernels;

namespace Bongsu.Core.Templates;

/// <summary>Which part of a word is a variable.</summary>
/// <remarks>
/// The rules look at one word and what stands before it, never at earlier messages: so a message has the same template
/// everywhere. A word ends where <see cref="WordScan.FindEnd"/> says; full stops and colons at its end are not its own.
/// docs/formats/templates.md has the rules as a table.
/// </remarks>
internal static class WordRules
{
    // Shorter numbers inside a word ("redis-03", "eu-west-1", "v2") belong to names: a template for each would multiply.
    private const int MinInnerDigits = 5;
    private const int MaxUnitBytes = 8;

    // A hexadecimal id may end so by chance; durations and sizes of so many digits are not written with these.
    private const int MaxDigitsBeforeHexUnit = 5;

    private static readonly SearchValues<byte> s_leads = SearchValues.Create("@#$*&!?%^~+:"u8);
    private static readonly SearchValues<byte> s_hexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly HashSet<ulong> s_units = MakeUnits();

    /// <summary>The word's end without the full stops and colons that close it.</summary>
    public static int TrimEnd(ReadOnlySpan<byte> bytes, int start, int end)
    {
        int trimmed = end;
        while (trimmed > start && bytes[trimmed - 1] is (byte)'.' or (byte)':')
        {
            trimmed--;
        }

        return trimmed;
    }

    /// <summary>Finds the first variable of a word.</summary>
    /// <param name="word">Not empty.</param>
    /// <param name="marks">What is in it; may say more than is.</param>
    /// <param name="isValue">Whether it follows <c>key=</c>.</param>
    public static WordCut Cut(ReadOnlySpan<byte> word, WordMarks marks, bool isValue)
    {
        byte first = word[0];
        if (first == '/')
        {
            return CutPath(word);
        }

        if ((marks & WordMarks.Colon) != 0 && word.IndexOf("://"u8) is > 0 and var scheme)
        {
            return CutAddress(word, scheme + 3);
        }

        if ((marks & WordMarks.Digit) == 0)
        {
            return isValue || IsOtherPath(word) ? new WordCut(0, word.Length) : default;
        }

        int lead = s_leads.Contains(first) ? word.IndexOfAnyExcept(s_leads) : 0;
        if (lead > 0)
        {
            WordCut inner = Cut(word[lead..], marks, isValue);
            return inner.SlotBytes == 0 ? default : inner with { PrefixBytes = inner.PrefixBytes + lead };
        }

        if (marks == WordMarks.Digit && WordScan.IsLetter(first))
        {
            return new WordCut(0, word.Length);
        }

        if (WordScan.IsDigit(first) || (first == '-' && word.Length > 1 && WordScan.IsDigit(word[1])))
        {
            return CutNumber(word);
        }

        return CutName(word);
    }

    /// <summary>Whether a word is the name of a month or day in a date: "Jun 14", "Sun Jun 14", "Sun, 14".</summary>
    /// <param name="bytes">The message, and whatever lies around it.</param>
    /// <param name="start">Where the word begins.</param>
    /// <param name="end">Where the message ends.</param>
    public static bool IsDateName(ReadOnlySpan<byte> bytes, int start, int end)
    {
        const int NameBytes = 3;
        ReadOnlySpan<byte> rest = bytes[start..end];
        if (rest.Length < NameBytes + 2)
        {
            return false;
        }

        bool isMonth = IsIn(rest[..NameBytes], "JanFebMarAprMayJunJulAugSepOctNovDec"u8);
        if (!isMonth && !IsIn(rest[..NameBytes], "MonTueWedThuFriSatSun"u8))
        {
            return false;
        }

        ReadOnlySpan<byte> next = rest[NameBytes..].TrimStart(isMonth ? " "u8 : ", "u8);
        return next.Length < rest.Length - NameBytes && !next.IsEmpty &&
            (WordScan.IsDigit(next[0]) || (!isMonth && IsDateName(bytes, end - next.Length, end)));
    }

    /// <summary>Length of a run of digits, and of full stops between digits, after an optional sign; 0 if there is
    /// none.</summary>
    public static int NumberBytes(ReadOnlySpan<byte> text)
    {
        int position = !text.IsEmpty && text[0] == '-' ? 1 : 0;
        int start = position;
        while (position < text.Length && (WordScan.IsDigit(text[position]) || (text[position] == '.' &&
            position > start && position + 1 < text.Length && WordScan.IsDigit(text[position + 1]))))
        {
            position++;
        }

        return position == start ? 0 : position;
    }

    /// <summary>Whether a number inside a word is a variable: a long one, or one that punctuation sets apart.</summary>
    /// <param name="before">The byte in front of it.</param>
    /// <param name="length">Its bytes.</param>
    public static bool IsInnerNumber(byte before, int length) =>
        length >= (before == '.' || s_leads.Contains(before) ? 1 : MinInnerDigits);

    // Length of the IPv4 address in front of text that nothing else of a number follows; 0 if there is none.
    private static int Ipv4Bytes(ReadOnlySpan<byte> text)
    {
        int length = NumberBytes(text);
        return length >= 7 && VariableText.TryParse(VariableKind.Ipv4, 0, text[..length], out _) ? length : 0;
    }

    /// <summary>Length of a run of hexadecimal digits of either case.</summary>
    public static int HexBytes(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExcept(s_hexDigits);
        return length < 0 ? text.Length : length;
    }

    /// <summary>Whether text is an IPv4 address, or one with a port.</summary>
    public static bool IsHost(ReadOnlySpan<byte> text, out int addressBytes)
    {
        addressBytes = text.IsEmpty || !WordScan.IsDigit(text[0]) ? 0 : Ipv4Bytes(text);
        return addressBytes > 0 && (addressBytes == text.Length || IsPort(text[addressBytes..]));
    }

    private static WordCut CutPath(ReadOnlySpan<byte> word)
    {
        // Java prints an address without a name as "/10.0.0.1:80".
        if (IsHost(word[1..], out int addressBytes))
        {
            return new WordCut(1, addressBytes);
        }

        return word.Length > 1 ? new WordCut(0, word.Length) : default;
    }

    private static WordCut CutAddress(ReadOnlySpan<byte> word, int start)
    {
        int host = word[start..].IndexOfAny(":/?#"u8);
        host = host < 0 ? word.Length - start : host;
        return host == 0 ? new WordCut(0, word.Length) : new WordCut(start, host);
    }

    private static WordCut CutNumber(ReadOnlySpan<byte> word)
    {
        int number = NumberBytes(word);
        if (number == word.Length)
        {
            return new WordCut(0, number);
        }

        ReadOnlySpan<byte> rest = word[number..];
        if (word[0] == '0' && number == 1 && rest.Length > 1 && rest[0] is (byte)'x' or (byte)'X' && HexBytes(rest[1..]) == rest.Length - 1)
        {
            return new WordCut(2, rest.Length - 1);
        }

        if (FindTime(word) is >= 0 and var time)
        {
            return new WordCut(0, time == 0 ? TimeBytes(word) : time - 1);
        }

        bool isCut = IsUnit(rest, number) || (IsPort(rest) && Ipv4Bytes(word) == number);
        return new WordCut(0, isCut ? number : word.Length);
    }

    /// <summary>Length of the time of day in front of the rest of a word; 0 if there is none, or more than a time zone or
    /// thousandths follow.</summary>
    public static int TimeBytes(ReadOnlySpan<byte> text)
    {
        int length = TimeText.Measure(text, isDotted: false);
        if (length == 0)
        {
            length = TimeText.Measure(text, isDotted: true);
            return length == text.Length ? length : 0;
        }

        ReadOnlySpan<byte> rest = text[length..];
        bool isZone = rest is [(byte)'Z'] || (rest.Length is 5 or 6 && rest[0] is (byte)'+' or (byte)'-' &&
            !rest[1..].ContainsAnyExceptInRange((byte)'0', (byte)':'));
        return rest.IsEmpty || isZone || IsPort(rest) ? length : 0;
    }

    // Where a time of day begins: in front, or behind a date.
    private static int FindTime(ReadOnlySpan<byte> word)
    {
        const int MinDateBytes = 6;
        if (TimeText.Measure(word, isDotted: false) > 0)
        {
            return TimeBytes(word) > 0 ? 0 : -1;
        }

        int date = 0;
        while (date < word.Length && (WordScan.IsDigit(word[date]) || word[date] == '-'))
        {
            date++;
        }

        if (date == word.Length)
        {
            return -1;
        }

        // "2026-11-01T10:00:00", "20171223-22:15:29:606", "2005-06-03-15.42.50.675872".
        int separator = word[date] is (byte)'T' or (byte)'_' ? date : word[..date].LastIndexOf((byte)'-');
        return separator >= MinDateBytes && TimeBytes(word[(separator + 1)..]) > 0 ? separator + 1 : -1;
    }

    // A word that begins with a letter and holds digits: a long number that stands apart in it, else the whole word.
    private static WordCut CutName(ReadOnlySpan<byte> word)
    {
        var whole = new WordCut(0, word.Length);
        int start = word.IndexOfAnyInRange((byte)'0', (byte)'9');
        int length = NumberBytes(word[start..]);
        int end = start + length;
        byte before = word[start - 1];
        if (WordScan.IsLetterOrDigit(before) && before != '_')
        {
            return whole;
        }

        bool endsWord = end == word.Length;
        if (endsWord && word[..start].EndsWith("..."u8))
        {
            return new WordCut(start, length);
        }

        if (before == ':' && endsWord)
        {
            return word[..start].Contains((byte)'/') ? whole : new WordCut(start, length);
        }

        if (length < MinInnerDigits || (!endsWord && WordScan.IsLetterOrDigit(word[end])) ||
            word[end..].ContainsAnyInRange((byte)'0', (byte)'9') || word.ContainsAny((byte)'/', (byte)'\\'))
        {
            return whole;
        }

        bool isNegative = before == '-' && start > 1 && (word[start - 2] == '_' || !WordScan.IsLetterOrDigit(word[start - 2]));
        return isNegative ? new WordCut(start - 1, length + 1) : new WordCut(start, length);
    }

    private static bool IsIn(ReadOnlySpan<byte> name, ReadOnlySpan<byte> names)
    {
        for (; !names.IsEmpty; names = names[name.Length..])
        {
            if (names.StartsWith(name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPort(ReadOnlySpan<byte> text) =>
        text.Length > 1 && text[0] == ':' && !text[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    // Of Windows, or relative.
    private static bool IsOtherPath(ReadOnlySpan<byte> word) =>
        word.StartsWith(@"\\"u8) || (word.Length > 3 && word[1] == ':' && word[2] == '\\') ||
        word.StartsWith("./"u8) || word.StartsWith("../"u8) || word.StartsWith("~/"u8);

    // A counter of a script without digits ("3건", "15분") is a unit too.
    private static bool IsUnit(ReadOnlySpan<byte> text, int digits) =>
        text[0] > 0x7F
            ? text.Length <= 2 * MaxUnitBytes && !text.ContainsAnyInRange((byte)0, (byte)0x7F)
                || s_units.Contains(Pack(text))
            : s_units.Contains(Pack(text)) && (digits <= MaxDigitsBeforeHexUnit || text is not [(byte)'b' or (byte)'d']);

    private static ulong Pack(ReadOnlySpan<byte> text)
    {
        ulong packed = 0;
        foreach (byte value in text.Length <= MaxUnitBytes ? text : default)
        {
            packed = (packed << 8) | value;
        }

        return packed;
    }

    private static HashSet<ulong> MakeUnits()
    {
        const string Units = "ns us µs μs ms s m h d w sec secs min mins hr hrs b B k K M G T kb Kb KB kB MB Mb GB Gb TB " +
            "KiB MiB GiB TiB bps kbps Mbps Gbps KB/s kB/s MB/s B/s MiB/s GB/s /s /sec /min /h /d /hour /day Hz kHz MHz GHz " +
            "% px x st nd rd th rpm req rows ops C F V W A mV mA";
        return [.. Units.Split(' ').Select(unit => Pack(System.Text.Encoding.UTF8.GetBytes(unit)))];
    }
}
