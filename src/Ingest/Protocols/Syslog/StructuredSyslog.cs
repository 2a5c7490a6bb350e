using System.Text;
using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Files;
using Bongsu.Ingest.Files.Formats;
using Bongsu.Ingest.Files.Times;

namespace Bongsu.Ingest.Protocols.Syslog;

/// <summary>The header and structured data of RFC 5424 (sections 6.2 and 6.3).</summary>
internal static class StructuredSyslog
{
    private const int MaxNameBytes = 100;

    /// <summary>Reads what stands behind the version; false, and nothing added, where it is not as the RFC
    /// says.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, TimeResolver times, LogRecord record)
    {
        ReadOnlySpan<byte> rest = text;
        if (!TryWord(ref rest, out ReadOnlySpan<byte> stamp) || !TryWord(ref rest, out ReadOnlySpan<byte> host) ||
            !TryWord(ref rest, out ReadOnlySpan<byte> app) || !TryWord(ref rest, out ReadOnlySpan<byte> pid) ||
            !TryWord(ref rest, out ReadOnlySpan<byte> messageId))
        {
            return false;
        }

        ScannedTime time = default;
        int length = StructuredDataLength(rest);
        if (length < 0 ||
            (!IsNil(stamp) && (!TimeScanner.TryScan(stamp, 0, out time, out int end) || end != stamp.Length || !time.HasDay)))
        {
            return false;
        }

        if (time.HasDay)
        {
            record.Time = times.Resolve(time);
        }

        Add(record, FieldConvention.Host, host);
        Add(record, FieldConvention.Service, app);
        if (!IsNil(pid))
        {
            NumberText.Add(record, "pid", pid);
        }

        Add(record, "msgid", messageId);
        AddStructuredData(rest[..length], record);
        AddMessage(rest[length..], record);
        return true;
    }

    /// <summary>Reads a file's line written without priority and version: TIME HOST APP PROCID MSGID SD MSG.</summary>
    public static bool TryParseWithoutPriority(ReadOnlySpan<byte> text, TimeResolver times, LogRecord record)
    {
        // Cheap test first: the sixth word begins structured data with parameters.
        ReadOnlySpan<byte> rest = text;
        for (int word = 0; word < 5; word++)
        {
            if (!TryWord(ref rest, out ReadOnlySpan<byte> skipped) || (word > 0 && skipped.ContainsAny("[]\""u8)))
            {
                return false;
            }
        }

        return !rest.IsEmpty && rest[0] == '[' && rest.Contains((byte)'=') && StructuredDataLength(rest) > 0 &&
            TryParse(text, times, record);
    }

    private static void Add(LogRecord record, string name, ReadOnlySpan<byte> word)
    {
        if (!IsNil(word))
        {
            record.AddText(name, word);
        }
    }

    private static void AddMessage(ReadOnlySpan<byte> rest, LogRecord record)
    {
        rest = !rest.IsEmpty && rest[0] == ' ' ? rest[1..] : rest;

        // A byte order mark only says that the text is UTF-8 (section 6.4).
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        record.AddText(FieldConvention.Message, rest.StartsWith(mark) ? rest[3..] : rest);
    }

    // "-" or one or more [id name="value" …]; -1 where it is neither.
    private static int StructuredDataLength(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[0] == '-' && (text.Length == 1 || text[1] == ' '))
        {
            return 1;
        }

        int at = 0;
        while (at < text.Length && text[at] == '[')
        {
            bool isQuoted = false;
            for (at++; at < text.Length && (isQuoted || text[at] != ']'); at++)
            {
                if (text[at] == '\\' && isQuoted)
                {
                    at++;
                }
                else if (text[at] == '"')
                {
                    isQuoted = !isQuoted;
                }
            }

            if (at >= text.Length)
            {
                return -1;
            }

            at++;
        }

        return at > 0 && (at == text.Length || text[at] == ' ') ? at : -1;
    }

    private static void AddStructuredData(ReadOnlySpan<byte> text, LogRecord record)
    {
        int at = 0;
        while (at < text.Length && text[at] == '[')
        {
            int start = ++at;
            at = EndOfName(text, at);
            string prefix = "sd." + Name(text[start..at]);
            if (at < text.Length && text[at] == ']')
            {
                record.AddBool(prefix, true);
            }

            while (at < text.Length && text[at] == ' ')
            {
                AddParameter(text, ref at, prefix, record);
            }

            int close = text[Math.Min(at, text.Length)..].IndexOf((byte)']');
            at = close < 0 ? text.Length : at + close + 1;
        }
    }

    private static void AddParameter(ReadOnlySpan<byte> text, ref int at, string prefix, LogRecord record)
    {
        int start = ++at;
        at = EndOfName(text, at);
        ReadOnlySpan<byte> name = text[start..at];
        if (at + 1 >= text.Length || text[at] != '=' || text[at + 1] != '"')
        {
            // Not as the RFC says: the word is kept, without a value.
            at += at < text.Length && text[at] is not ((byte)' ' or (byte)']') ? 1 : 0;
            if (!name.IsEmpty)
            {
                record.AddBool($"{prefix}.{Name(name)}", true);
            }

            return;
        }

        start = at += 2;
        bool isEscaped = false;
        while (at < text.Length && text[at] != '"')
        {
            isEscaped |= text[at] == '\\';
            at += text[at] == '\\' ? 2 : 1;
        }

        ReadOnlySpan<byte> value = text[start..Math.Min(at, text.Length)];
        string key = $"{prefix}.{Name(name)}";
        for (int repeat = 2; record.Has(key) && repeat < 10; repeat++)
        {
            // A name may be given several times (section 6.3.3, "ip" of origin).
            key = $"{prefix}.{Name(name)}_{repeat}";
        }

        record.AddText(key, isEscaped ? Unescape(value) : value);
        at = Math.Min(at + 1, text.Length);
    }

    // Only \" \\ \] are escapes; another backslash is itself (section 6.3.3).
    private static byte[] Unescape(ReadOnlySpan<byte> value)
    {
        byte[] plain = new byte[value.Length];
        int length = 0;
        for (int at = 0; at < value.Length; at++)
        {
            if (value[at] == '\\' && at + 1 < value.Length && value[at + 1] is (byte)'"' or (byte)'\\' or (byte)']')
            {
                at++;
            }

            plain[length++] = value[at];
        }

        return plain[..length];
    }

    private static int EndOfName(ReadOnlySpan<byte> text, int at)
    {
        int length = text[at..].IndexOfAny(" =]\""u8);
        return length < 0 ? text.Length : at + length;
    }

    private static string Name(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name[..Math.Min(name.Length, MaxNameBytes)]);

    private static bool TryWord(ref ReadOnlySpan<byte> text, out ReadOnlySpan<byte> word)
    {
        int blank = text.IndexOf((byte)' ');
        word = blank <= 0 ? default : text[..blank];
        text = blank <= 0 ? text : text[(blank + 1)..];
        return blank > 0;
    }

    private static bool IsNil(ReadOnlySpan<byte> word) => word.Length == 1 && word[0] == '-';
}
