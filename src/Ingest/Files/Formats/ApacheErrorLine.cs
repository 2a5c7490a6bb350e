using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Files.Times;

namespace Bongsu.Ingest.Files.Formats;

/// <summary>A line of Apache's error log: <c>[time] [level]</c>, or since 2.4 <c>[module:level] [pid 1:tid 2] [client
/// 1.2.3.4:5]</c>.</summary>
internal static class ApacheErrorLine
{
    /// <summary>Reads the line; false (and the record empty) where it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, TimeResolver times, LogRecord record)
    {
        record.Clear();
        if (line.Length < 30 || line[0] != '[' || !TimeCursor.IsLetter(line[1]) ||
            !TimeScanner.TryScan(line, 1, out ScannedTime time, out int end) || !time.HasDay || time.Year == 0 ||
            !line[end..].StartsWith("] ["u8))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = line[(end + 2)..];
        if (!TryBracketed(ref rest, out ReadOnlySpan<byte> level) || level.IsEmpty || level.Contains((byte)' '))
        {
            return false;
        }

        record.Time = times.Resolve(time);
        int colon = level.IndexOf((byte)':');
        if (colon >= 0)
        {
            record.AddText("module", level[..colon]);
            level = level[(colon + 1)..];
        }

        record.AddText(FieldConvention.Level, level);
        while (TryNamed(ref rest, record))
        {
        }

        record.AddText(FieldConvention.Message, rest);
        return true;
    }

    // [pid 35708:tid 4328636416] and [client 72.15.99.187:1234]; what else stands in brackets belongs to the message.
    private static bool TryNamed(ref ReadOnlySpan<byte> rest, LogRecord record)
    {
        ReadOnlySpan<byte> behind = rest;
        if (!TryBracketed(ref behind, out ReadOnlySpan<byte> inner))
        {
            return false;
        }

        if (inner.StartsWith("client "u8) && !record.Has("client_ip"))
        {
            record.AddText("client_ip", inner["client "u8.Length..]);
        }
        else if (inner.StartsWith("pid "u8) && !record.Has("pid"))
        {
            ReadOnlySpan<byte> pid = inner["pid "u8.Length..];
            int tid = pid.IndexOf(":tid "u8);
            if (tid >= 0)
            {
                NumberText.Add(record, "tid", pid[(tid + 5)..]);
                pid = pid[..tid];
            }

            NumberText.Add(record, "pid", pid);
        }
        else
        {
            return false;
        }

        rest = behind;
        return true;
    }

    private static bool TryBracketed(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> inner)
    {
        inner = default;
        int close = rest.IsEmpty || rest[0] != '[' ? -1 : rest.IndexOf((byte)']');
        if (close < 0)
        {
            return false;
        }

        inner = rest[1..close];
        rest = rest[(close + 1)..];
        rest = rest.IsEmpty || rest[0] != ' ' ? rest : rest[1..];
        return true;
    }
}
