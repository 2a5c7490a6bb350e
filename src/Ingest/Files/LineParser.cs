using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Files.Formats;
using Bongsu.Ingest.Files.Times;
using Bongsu.Ingest.Protocols.Syslog;

namespace Bongsu.Ingest.Files;

/// <summary>Reads a line by the first shape it fits. No line is refused: what fits nothing is a message.</summary>
/// <remarks>Not thread-safe; one per stream of lines.</remarks>
internal sealed class LineParser
{
    private readonly TimeResolver _times;
    private readonly JsonLine _json;
    private readonly LogfmtLine _logfmt;

    /// <param name="times">Zone, year and day of times that lack them.</param>
    /// <param name="zone">The same zone, for times inside JSON and logfmt.</param>
    /// <param name="timeField">Field to take the time from before all others, or null.</param>
    public LineParser(TimeResolver times, TimeZoneInfo zone, string? timeField)
    {
        _times = times;
        _json = new JsonLine(timeField, zone);
        _logfmt = new LogfmtLine(timeField, zone);
    }

    /// <summary>What the file is; decides which shapes are tried.</summary>
    public FileShape Shape { get; set; } = FileShape.Unknown;

    /// <summary>Reads a line.</summary>
    /// <param name="line">Valid UTF-8 without its line end.</param>
    /// <param name="record">Gets time and fields.</param>
    /// <returns>The shape; <see cref="LineFormat.None"/> where the whole line became the message and has no
    /// time.</returns>
    public LineFormat Parse(ReadOnlySpan<byte> line, LogRecord record)
    {
        record.Clear();
        LineFormat formats = Shape.Formats;
        if (line.IsEmpty || line[0] is (byte)' ' or (byte)'\t')
        {
            if ((formats & LineFormat.Json) == 0 || !_json.TryParse(line, record))
            {
                record.AddText(FieldConvention.Message, line);
                return LineFormat.None;
            }

            return LineFormat.Json;
        }

        if (line[0] == '{' && (formats & LineFormat.Json) != 0 && _json.TryParse(line, record))
        {
            Remember(record);
            return LineFormat.Json;
        }

        if ((formats & LineFormat.Access) != 0 && AccessLogLine.TryParse(line, _times, record))
        {
            return LineFormat.Access;
        }

        if (line[0] == '[' && (formats & LineFormat.ApacheError) != 0 && ApacheErrorLine.TryParse(line, _times, record))
        {
            return LineFormat.ApacheError;
        }

        if ((formats & LineFormat.Syslog) != 0 &&
            SyslogParser.TryParseLine(line, _times, isKnown: Shape.Main == LineFormat.Syslog, record))
        {
            AddLevel(record);
            return LineFormat.Syslog;
        }

        if ((formats & LineFormat.Logfmt) != 0 && _logfmt.TryParse(line, record))
        {
            Remember(record);
            return LineFormat.Logfmt;
        }

        return TimedLine.TryParse(line, Shape.TimeWord, _times, record) ? LineFormat.Timed : Plain(line, record);
    }

    private static LineFormat Plain(ReadOnlySpan<byte> line, LogRecord record)
    {
        record.Clear();
        record.AddText(FieldConvention.Message, line);
        AddLevel(record);
        return LineFormat.None;
    }

    private static void AddLevel(LogRecord record)
    {
        if (!record.Has(FieldConvention.Level) && LevelFinder.TryFind(record.Message, out ReadOnlySpan<byte> level))
        {
            record.AddText(FieldConvention.Level, level.ToArray());
        }
    }

    private void Remember(LogRecord record) => _times.Last = record.Time ?? _times.Last;
}
