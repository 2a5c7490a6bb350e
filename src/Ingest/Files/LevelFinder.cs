using System.Text;

namespace Bongsu.Ingest.Files;

/// <summary>Finds the word for the level near the beginning of a message. It stays in the message too.</summary>
/// <remarks>
/// A word in capitals, or in brackets, counts among the first words; in other spelling only as the first or behind
/// numbers; a single
/// letter (V D I W E F) likewise, as Android and many C++ loggers write it.
/// </remarks>
internal static class LevelFinder
{
    private const int MaxWords = 12;
    private const int MaxBytes = 256;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_words =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "trace", "verbose", "finest", "finer", "fine", "debug", "debug1", "debug2", "debug3", "debug4", "debug5", "config",
            "info", "information", "notice", "note", "warn", "warning", "err", "error", "severe", "fail", "failure", "crit",
            "critical", "alert", "emerg", "emergency", "fatal", "panic", "log", "trc", "dbg", "inf", "wrn", "ftl", "system",
        }.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_ordinary =
        new HashSet<string>(StringComparer.Ordinal) { "fail", "failure", "fine", "config", "alert", "notice" }
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Finds the level.</summary>
    /// <param name="message">Text behind the time.</param>
    /// <param name="level">The word as it stands there, or the word for a letter.</param>
    public static bool TryFind(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> level)
    {
        ReadOnlySpan<byte> text = message[..Math.Min(message.Length, MaxBytes)];
        int words = 0;
        bool onlyNumbers = true;
        int at = 0;
        while (words < MaxWords && TryNextWord(text, ref at, out int start, out bool isBracketed))
        {
            ReadOnlySpan<byte> word = text[start..at];
            byte behind = at < text.Length ? text[at] : (byte)' ';
            if (IsLevel(word, out bool isUpper) && IsPlausible(word, behind, isUpper, isBracketed, words == 0 || onlyNumbers))
            {
                // DEBUG5 is a debug.
                level = word.TrimEnd("12345"u8);
                return true;
            }

            if (word.Length == 1 && onlyNumbers && words <= 3 && TryLetter(word[0], text, at, words, isBracketed, out level))
            {
                return true;
            }

            onlyNumbers &= IsNumber(word);
            words++;
        }

        level = default;
        return false;
    }

    /// <summary>The word for the level letter of glog and its kin.</summary>
    public static ReadOnlySpan<byte> OfLetter(byte letter) => letter switch
    {
        (byte)'V' or (byte)'T' => "trace"u8,
        (byte)'D' => "debug"u8,
        (byte)'I' => "info"u8,
        (byte)'W' => "warn"u8,
        (byte)'E' => "error"u8,
        (byte)'F' or (byte)'C' => "fatal"u8,
        _ => default,
    };

    // Some levels are ordinary words too: those count only as the loggers that have them write them.
    private static bool IsPlausible(ReadOnlySpan<byte> word, byte behind, bool isUpper, bool isBracketed, bool isFirst)
    {
        if (Ascii.EqualsIgnoreCase(word, "log"u8))
        {
            return isUpper && behind == ':';
        }

        if (Ascii.EqualsIgnoreCase(word, "system"u8) || Ascii.EqualsIgnoreCase(word, "note"u8))
        {
            return isBracketed && !isUpper;
        }

        return isUpper || isBracketed || (isFirst && !s_ordinary.Contains(Lower(word, stackalloc char[word.Length])));
    }

    private static bool IsLevel(ReadOnlySpan<byte> word, out bool isUpper)
    {
        isUpper = true;
        if (word.Length is < 3 or > 11)
        {
            return false;
        }

        isUpper = !word.ContainsAnyInRange((byte)'a', (byte)'z');
        return s_words.Contains(Lower(word, stackalloc char[word.Length]));
    }

    private static Span<char> Lower(ReadOnlySpan<byte> word, Span<char> room)
    {
        Ascii.ToLower(word, room, out int length);
        return room[..length];
    }

    private static bool TryLetter(
        byte letter, ReadOnlySpan<byte> text, int at, int index, bool isBracketed, out ReadOnlySpan<byte> level)
    {
        level = OfLetter(letter);
        if (level.IsEmpty || letter is (byte)'T' or (byte)'C')
        {
            return false;
        }

        if (isBracketed || index > 0)
        {
            return true;
        }

        // "I NETWORK" and "D|main" are levels, "I was here" is not.
        byte behind = at < text.Length ? text[at] : (byte)0;
        byte next = at + 1 < text.Length ? text[at + 1] : (byte)0;
        return behind is (byte)'|' or (byte)':' || (behind == ' ' && next is >= (byte)'A' and <= (byte)'Z' or (byte)'[');
    }

    // Words are runs of letters and digits; dots, dashes and the like hold a word together, so "error.log" is no level.
    private static bool TryNextWord(ReadOnlySpan<byte> text, ref int at, out int start, out bool isBracketed)
    {
        isBracketed = false;
        while (at < text.Length && !IsWordByte(text[at]))
        {
            if (text[at] == 0x1B && at + 1 < text.Length && text[at + 1] == '[')
            {
                SkipEscape(text, ref at);
                continue;
            }

            isBracketed = text[at] is (byte)'[' or (byte)'<' or (byte)'(';
            at++;
        }

        start = at;
        while (at < text.Length && IsWordByte(text[at]))
        {
            at++;
        }

        byte behind = at < text.Length ? text[at] : (byte)0;
        isBracketed &= behind is (byte)']' or (byte)'>' or (byte)')';
        return at > start;
    }

    // ECMA-48 colours: ESC [ parameters letter.
    private static void SkipEscape(ReadOnlySpan<byte> text, ref int at)
    {
        at += 2;
        while (at < text.Length && text[at] is < (byte)'@' or > (byte)'~')
        {
            at++;
        }

        at = Math.Min(at + 1, text.Length);
    }

    private static bool IsWordByte(byte value) =>
        char.IsAsciiLetterOrDigit((char)value) || value is (byte)'.' or (byte)'-' or (byte)'_' or (byte)'/' or (byte)'@' or (byte)'$' or
            (byte)'\\' or (byte)'=' or (byte)'+' or (byte)'%' or >= 0x80;

    private static bool IsNumber(ReadOnlySpan<byte> word)
    {
        foreach (byte value in word)
        {
            if (!char.IsAsciiHexDigit((char)value) && value is not ((byte)'-' or (byte)'x'))
            {
                return false;
            }
        }

        return word.ContainsAnyInRange((byte)'0', (byte)'9');
    }
}
