using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Files.Times;

namespace Bongsu.Ingest.Files.Formats;

/// <summary>Plain text with a time at its beginning, or at the same word of every line. The message is the line without
/// the time.</summary>
internal static class TimedLine
{
    /// <summary>Words of a line that are looked at for a time.</summary>
    public const int MaxWord = 6;

    private const int MaxBytes = 256;

    /// <summary>Reads the line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="timeWord">The word the time stands at in this file, where it is not the first.</param>
    /// <param name="times">Zone, year and day of times that lack them.</param>
    /// <param name="record">Gets time, message and level; empty where the answer is false.</param>
    public static bool TryParse(ReadOnlySpan<byte> line, int timeWord, TimeResolver times, LogRecord record)
    {
        record.Clear();
        if (!TryFind(line, 0, out ScannedTime time, out int start, out int end) &&
            (timeWord == 0 || !TryFind(line, timeWord, out time, out start, out end)))
        {
            return false;
        }

        // An epoch may be followed by the same time in writing, which has the finer fraction (BlueGene logs).
        EventTime resolved = times.Resolve(time);
        record.Time = time.IsEpoch && time.Nanoseconds == 0 ? Refine(resolved, line[end..], times) : resolved;
        ReadOnlySpan<byte> tail = start == 0 ? TrimSeparator(line[end..]) : line[end..].TrimStart(" \t"u8);
        record.AddMessage(line[..start], tail);
        if (time.LevelLetter != 0)
        {
            record.AddText(FieldConvention.Level, LevelFinder.OfLetter(time.LevelLetter));
        }
        else if (LevelFinder.TryFind(record.Message, out ReadOnlySpan<byte> level))
        {
            record.AddText(FieldConvention.Level, level.ToArray());
        }

        return true;
    }

    /// <summary>Finds the time at a word.</summary>
    /// <param name="line">The line.</param>
    /// <param name="word">Which word, from 0.</param>
    /// <param name="time">Its parts.</param>
    /// <param name="start">First byte that belongs to the time, an opening bracket before it included.</param>
    /// <param name="end">Behind the last byte, the closing bracket included.</param>
    public static bool TryFind(ReadOnlySpan<byte> line, int word, out ScannedTime time, out int start, out int end)
    {
        start = 0;
        end = 0;
        time = default;
        for (; word > 0; word--)
        {
            int blank = line[start..Math.Min(line.Length, MaxBytes)].IndexOfAny((byte)' ', (byte)'\t');
            if (blank < 0)
            {
                return false;
            }

            start += blank;
            int next = line[start..].IndexOfAnyExcept((byte)' ', (byte)'\t');
            if (next < 0)
            {
                return false;
            }

            start += next;
        }

        int at = start;
        byte closing = 0;
        if (at < line.Length && Closing(line[at]) is not 0 and var expected)
        {
            closing = expected;
            at++;
            while (at < line.Length && line[at] == ' ')
            {
                at++;
            }
        }

        if (!TimeScanner.TryScan(line, at, out time, out end))
        {
            return false;
        }

        if (closing != 0 && end < line.Length && line[end] == closing)
        {
            end++;
        }
        else if (closing != 0)
        {
            // The bracket holds more than the time: it stays with the rest.
            start = at;
        }

        return true;
    }

    private static byte Closing(byte opening) => opening switch
    {
        (byte)'[' => (byte)']',
        (byte)'(' => (byte)')',
        (byte)'<' => (byte)'>',
        (byte)'"' => (byte)'"',
        (byte)'\'' => (byte)'\'',
        _ => 0,
    };

    private static EventTime Refine(EventTime epoch, ReadOnlySpan<byte> rest, TimeResolver times)
    {
        for (int word = 0; word <= MaxWord; word++)
        {
            if (TryFind(rest, word, out ScannedTime written, out _, out _) && written.HasDay && written.Year != 0 && !written.IsEpoch)
            {
                long localTicks = new DateTime(
                    written.Year, written.Month, written.Day, written.Hour, written.Minute, Math.Min(written.Second, 59)).Ticks;
                if ((localTicks - epoch.Ticks) % (15 * TimeSpan.TicksPerMinute) == 0)
                {
                    var refined = new EventTime(epoch.Ticks + (written.Nanoseconds / 100), written.Nanoseconds % 100);
                    times.Last = refined;
                    return refined;
                }

                break;
            }
        }

        return epoch;
    }

    // One separator and the blanks around it stand between the time and the rest.
    private static ReadOnlySpan<byte> TrimSeparator(ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> trimmed = rest.TrimStart(" \t"u8);
        if (trimmed.IsEmpty)
        {
            return trimmed;
        }

        bool isSeparator = trimmed[0] is (byte)':' or (byte)'|' or (byte)',' or (byte)';' ||
            (trimmed[0] == '-' && trimmed.Length > 1 && trimmed[1] == ' ' && rest.Length > trimmed.Length);
        return isSeparator ? trimmed[1..].TrimStart(" \t"u8) : trimmed;
    }
}
