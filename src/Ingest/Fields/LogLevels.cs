using System.Buffers.Text;
using System.Text;

namespace Bongsu.Ingest.Fields;

/// <summary>Level words and numbers of the usual loggers, brought to trace, debug, info, warn, error, fatal.</summary>
public static class LogLevels
{
    private const int MaxWordBytes = 32;

    private static readonly (string Level, string[] Words)[] s_words =
    [
        ("trace", ["trace", "trc", "vrb", "verbose", "finest", "finer", "all", "t", "v"]),
        ("debug", ["debug", "dbg", "fine", "config", "d"]),
        ("info", ["info", "inf", "information", "informational", "notice", "i", "n", "ok", "success", "log"]),
        ("warn", ["warn", "wrn", "warning", "w"]),
        ("error", ["error", "err", "eror", "severe", "failure", "fail", "e"]),
        ("fatal", ["fatal", "ftl", "crit", "critical", "alert", "emerg", "emergency", "panic", "dpanic", "f", "c", "off"]),
    ];

    private static readonly byte[] s_trace = "trace"u8.ToArray();
    private static readonly byte[] s_debug = "debug"u8.ToArray();
    private static readonly byte[] s_info = "info"u8.ToArray();
    private static readonly byte[] s_warn = "warn"u8.ToArray();
    private static readonly byte[] s_error = "error"u8.ToArray();
    private static readonly byte[] s_fatal = "fatal"u8.ToArray();

    private static readonly Dictionary<string, byte[]>.AlternateLookup<ReadOnlySpan<char>> s_byWord = IndexWords();

    /// <summary>Normalises a level's text.</summary>
    /// <param name="text">As sent, any case; surrounding blanks and brackets are not content.</param>
    /// <param name="room">At least 32 bytes; holds the result of an unknown word.</param>
    /// <param name="level">The normalised level; an unknown word of at most 32 bytes in lower case; else empty.</param>
    /// <returns>True where the text says more than <paramref name="level"/> does, apart from case, and should be
    /// kept.</returns>
    public static bool Normalise(ReadOnlySpan<byte> text, Span<byte> room, out ReadOnlySpan<byte> level)
    {
        if (TryCommon(text, out level))
        {
            return false;
        }

        ReadOnlySpan<byte> word = text.Trim(" \t[]<>()\"':"u8);
        if (word.IsEmpty || word.Length > MaxWordBytes)
        {
            level = default;
            return !text.IsEmpty;
        }

        if (Utf8Parser.TryParse(word, out int number, out int consumed) && consumed == word.Length)
        {
            level = OfNumber(number);
            return true;
        }

        Span<char> lower = stackalloc char[MaxWordBytes];
        int chars = Encoding.Latin1.GetChars(word, lower);
        for (int index = 0; index < chars; index++)
        {
            lower[index] = char.IsAsciiLetterUpper(lower[index]) ? (char)(lower[index] | 0x20) : lower[index];
        }

        if (s_byWord.TryGetValue(lower[..chars], out byte[]? known))
        {
            level = known;
            return !Ascii.EqualsIgnoreCase(text, level);
        }

        for (int index = 0; index < chars; index++)
        {
            room[index] = (byte)lower[index];
        }

        level = room[..chars];
        return word.Length != text.Length;
    }

    /// <summary>
    /// Normalises a level's number: 0 to 7 are syslog severities (RFC 5424 section 6.2.1), 10 and above the steps of
    /// bunyan and pino (10 trace to 60 fatal, values between belong to the step below); empty for others.
    /// </summary>
    public static ReadOnlySpan<byte> OfNumber(long number) => number switch
    {
        >= 0 and <= 2 => s_fatal,
        3 => s_error,
        4 => s_warn,
        5 or 6 => s_info,
        7 => s_debug,
        >= 10 and < 20 => s_trace,
        >= 20 and < 30 => s_debug,
        >= 30 and < 40 => s_info,
        >= 40 and < 50 => s_warn,
        >= 50 and < 60 => s_error,
        >= 60 and < 100 => s_fatal,
        _ => default,
    };

    /// <summary>Normalises an OpenTelemetry severity number (logs data model, "SeverityNumber": 1 to 24 in steps of
    /// 4).</summary>
    public static ReadOnlySpan<byte> OfSeverityNumber(long number) => number switch
    {
        >= 1 and <= 4 => s_trace,
        >= 5 and <= 8 => s_debug,
        >= 9 and <= 12 => s_info,
        >= 13 and <= 16 => s_warn,
        >= 17 and <= 20 => s_error,
        >= 21 and <= 24 => s_fatal,
        _ => default,
    };

    /// <summary>The six words themselves, in lower or upper case: nearly every row.</summary>
    internal static bool TryCommon(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> level)
    {
        level = default;
        if (text.Length is < 4 or > 5)
        {
            return false;
        }

        level = (text[0] | 0x20) switch
        {
            'i' => s_info,
            'e' => s_error,
            'w' => s_warn,
            'd' => s_debug,
            't' => s_trace,
            'f' => s_fatal,
            _ => default,
        };
        return Ascii.EqualsIgnoreCase(text, level);
    }

    private static Dictionary<string, byte[]>.AlternateLookup<ReadOnlySpan<char>> IndexWords()
    {
        var byWord = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach ((string level, string[] words) in s_words)
        {
            foreach (string word in words)
            {
                byWord.Add(word, Encoding.ASCII.GetBytes(level));
            }
        }

        return byWord.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
