using System.Buffers;
using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Files;
using Bongsu.Ingest.Files.Formats;
using Bongsu.Ingest.Files.Times;

namespace Bongsu.Ingest.Protocols.Syslog;

/// <summary>Reads one syslog message, of RFC 5424 or RFC 3164, sent or from a file.</summary>
/// <remarks>
/// Fields: timestamp, level (severity), facility, host, service (app name or tag), pid (process id), msgid, message,
/// and structured
/// data as <c>sd.ID.NAME</c>. What cannot be read stays in the message: no message is refused (RFC 5424 section 8.1
/// asks as much).
/// </remarks>
internal static class SyslogParser
{
    private const int MaxTagBytes = 128;
    private const int MaxHostBytes = 255;

    private static readonly SearchValues<byte> s_version = SearchValues.Create("0123456789."u8);

    /// <summary>Reads a message that came over the network.</summary>
    /// <param name="text">The message without framing, valid UTF-8.</param>
    /// <param name="times">Zone and year of times that lack them.</param>
    /// <param name="record">Gets the fields; <see cref="LogRecord.Time"/> stays null where the sender gave
    /// none.</param>
    public static void Parse(ReadOnlySpan<byte> text, TimeResolver times, LogRecord record)
    {
        record.Clear();
        ReadOnlySpan<byte> rest = text;
        bool hasPriority = TryPriority(ref rest, record);
        if (hasPriority && rest.StartsWith("1 "u8) && StructuredSyslog.TryParse(rest[2..], times, record))
        {
            return;
        }

        ReadOnlySpan<byte> behindTime = rest;
        if (TryTime(ref behindTime, times, record))
        {
            TryHeader(behindTime, record, mustHaveTag: false);
            return;
        }

        // Without a time there is no telling host from text, but behind a priority "su: message" is a tag.
        if (hasPriority)
        {
            TryTag(ref rest, record);
        }

        record.AddText(FieldConvention.Message, rest);
    }

    /// <summary>Reads a line of a file.</summary>
    /// <param name="line">The line.</param>
    /// <param name="times">Zone and year of times that lack them.</param>
    /// <param name="isKnown">
    /// Whether the file is known to be syslog: then a line without tag counts too, else only one that leaves no doubt.
    /// </param>
    /// <param name="record">Gets the fields; empty where the answer is false.</param>
    public static bool TryParseLine(ReadOnlySpan<byte> line, TimeResolver times, bool isKnown, LogRecord record)
    {
        record.Clear();
        ReadOnlySpan<byte> rest = line;
        bool hasPriority = TryPriority(ref rest, record);
        if (hasPriority && rest.StartsWith("1 "u8) && StructuredSyslog.TryParse(rest[2..], times, record))
        {
            return true;
        }

        ReadOnlySpan<byte> behindTime = rest;
        if (TryTime(ref behindTime, times, record) &&
            (StructuredSyslog.TryParseWithoutPriority(rest, times, record) ||
            TryHeader(behindTime, record, mustHaveTag: !isKnown && !hasPriority)))
        {
            return true;
        }

        record.Clear();
        return false;
    }

    private static bool TryPriority(ref ReadOnlySpan<byte> text, LogRecord record)
    {
        if (text.Length < 3 || text[0] != '<')
        {
            return false;
        }

        var cursor = new TimeCursor(text, 1);
        if (!cursor.TryNumber(1, 3, out int priority) || priority > SyslogNames.MaxPriority || cursor.Current != '>')
        {
            return false;
        }

        record.AddText(FieldConvention.Level, SyslogNames.Severity(priority));
        record.AddText("facility", SyslogNames.Facility(priority));
        text = text[(cursor.At + 1)..];
        return true;
    }

    // RFC 3164's "Nov 21 05:16:01", with a year or a zone as some write it, or ISO 8601 as rsyslog does by default
    // today.
    private static bool TryTime(ref ReadOnlySpan<byte> text, TimeResolver times, LogRecord record)
    {
        // Cisco marks a clock that is not synchronised with a star or a point.
        int start = !text.IsEmpty && text[0] is (byte)'*' or (byte)'.' ? 1 : 0;
        if (!TimeScanner.TryScan(text, start, out ScannedTime time, out int end) || !time.HasDay || time.IsEpoch ||
            time.LevelLetter != 0)
        {
            return false;
        }

        bool isIso = TimeCursor.IsDigit(text[start]);
        if (isIso && (text.Length < start + 11 || text[start + 10] != 'T'))
        {
            return false;
        }

        if (end < text.Length && text[end] == ':')
        {
            end++;
        }

        if (end < text.Length && text[end] != ' ')
        {
            return false;
        }

        record.Time = times.Resolve(time);
        text = text[Math.Min(text.Length, end + 1)..];
        return true;
    }

    private static bool TryHeader(ReadOnlySpan<byte> text, LogRecord record, bool mustHaveTag)
    {
        // Local messages have no host: a first word that ends in a colon is the tag already.
        ReadOnlySpan<byte> rest = text;
        if (!mustHaveTag && TryTag(ref rest, record))
        {
            record.AddText(FieldConvention.Message, rest);
            return true;
        }

        ReadOnlySpan<byte> trimmed = text.TrimStart((byte)' ');
        int blank = trimmed.IndexOf((byte)' ');
        ReadOnlySpan<byte> host = blank < 0 ? trimmed : trimmed[..blank];
        if (!IsHost(host))
        {
            record.AddText(FieldConvention.Message, text);
            return !mustHaveTag;
        }

        record.AddText(FieldConvention.Host, host);
        rest = trimmed[host.Length..].TrimStart((byte)' ');
        bool hasTag = TryTag(ref rest, record);
        if (mustHaveTag && (IsLevel(host) || (!hasTag && !rest.StartsWith("last message repeated "u8))))
        {
            return false;
        }

        record.AddText(FieldConvention.Message, hasTag || blank < 0 ? rest : trimmed[(blank + 1)..]);
        return true;
    }

    // program[pid]: or program:, also "syslogd 1.4.1:"; the blank behind belongs to the framing (RFC 3164 section
    // 4.1.3).
    private static bool TryTag(ref ReadOnlySpan<byte> text, LogRecord record)
    {
        int end = text[..Math.Min(text.Length, MaxTagBytes)].IndexOfAny(":[ \""u8);
        if (end > 0 && text[end] == ' ')
        {
            end = VersionEnd(text, end);
        }

        if (end <= 0 || text[end] == '"')
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[end..];
        ReadOnlySpan<byte> pid = default;
        if (rest[0] == '[')
        {
            int close = rest.IndexOf((byte)']');
            if (close is < 2 or > 64 || (close + 1 < rest.Length && rest[close + 1] is not ((byte)':' or (byte)' ')))
            {
                return false;
            }

            pid = rest[1..close];
            rest = rest[(close + 1)..];
            if (pid.Contains((byte)' '))
            {
                return false;
            }
        }
        else if (rest.Length > 1 && rest[1] != ' ')
        {
            // "10:20:30" and "http://" are no tags.
            return false;
        }

        record.AddText(FieldConvention.Service, text[..end]);
        if (!pid.IsEmpty)
        {
            NumberText.Add(record, "pid", pid);
        }

        rest = !rest.IsEmpty && rest[0] == ':' ? rest[1..] : rest;
        text = !rest.IsEmpty && rest[0] == ' ' ? rest[1..] : rest;
        return true;
    }

    private static int VersionEnd(ReadOnlySpan<byte> text, int blank)
    {
        int digits = text[(blank + 1)..].IndexOfAnyExcept(s_version);
        int end = blank + 1 + digits;
        return digits > 0 && text[end] == ':' && text[blank + 1] != '.' ? end : -1;
    }

    private static bool IsLevel(ReadOnlySpan<byte> host) =>
        LevelFinder.TryFind(host, out ReadOnlySpan<byte> level) && level.Length == host.Length;

    private static bool IsHost(ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty || word.Length > MaxHostBytes || word.StartsWith("--"u8))
        {
            return false;
        }

        foreach (byte value in word)
        {
            if (!char.IsAsciiLetterOrDigit((char)value) && value is not ((byte)'.' or (byte)'-' or (byte)'_' or (byte)':' or >= 0x80))
            {
                return false;
            }
        }

        return true;
    }
}
