using System.Globalization;
using Bongsu.LogBench.Generation;

namespace Bongsu.LogBench.Answers;

/// <summary>What the queries ask about in one file.</summary>
/// <param name="FirstDay">The day of the first row.</param>
/// <param name="Days">Days from there to the last row.</param>
/// <param name="Trace">A trace from the middle of the file.</param>
internal sealed record QueryInputs(DateOnly FirstDay, int Days, UInt128 Trace)
{
    /// <summary>The service whose errors are asked for.</summary>
    public const string Service = "checkout";

    private const int SampleBytes = 256 << 10;
    private const long HourMs = 3_600_000;

    // Divide a day, so that every engine puts their edges at the same times.
    private static readonly int[] s_binMinutes = [24, 48, 72, 96, 120, 144, 180, 240, 360, 480, 720, 1440];

    /// <summary>The trace as text.</summary>
    public string TraceText => Trace.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Width of the histogram's bins: at most 60 of them where a day of them does not become too few.</summary>
    public int BinMinutes => s_binMinutes.FirstOrDefault(minutes => minutes >= 24 * Days, 1440);

    /// <summary>The same in ms.</summary>
    public long BinMs => BinMinutes * 60_000L;

    /// <summary>Start of the hour that is looked at: noon of the first day.</summary>
    public DateTime HourStart => FirstDay.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);

    /// <summary>The same as Unix ms.</summary>
    public long HourStartMs => (HourStart.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    /// <summary>End of that hour.</summary>
    public long HourEndMs => HourStartMs + HourMs;

    /// <summary>Looks at the first line, the last, and some in the middle.</summary>
    public static QueryInputs Of(LogFile file)
    {
        LogRow first = Lines(file, 0)[0];
        LogRow last = Lines(file, Math.Max(0, file.SizeBytes - SampleBytes))[^1];
        string trace = Lines(file, Math.Max(0, (file.SizeBytes / 2) - (SampleBytes / 2)))
            .GroupBy(row => row.Trace)
            .MaxBy(group => group.Count())!.Key;
        DateOnly firstDay = DayOf(first);
        return new QueryInputs(
            firstDay,
            DayOf(last).DayNumber - firstDay.DayNumber + 1,
            UInt128.Parse(trace, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private static DateOnly DayOf(LogRow row) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(row.TimeMs).UtcDateTime);

    // The whole lines of a sample.
    private static LogRow[] Lines(LogFile file, long offsetBytes)
    {
        using var handle = File.OpenHandle(file.Path);
        byte[] bytes = new byte[Math.Min(SampleBytes, file.SizeBytes)];
        int length = RandomAccess.Read(handle, bytes, offsetBytes);
        ReadOnlyMemory<byte> rest = bytes.AsMemory(0, bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1);
        rest = offsetBytes == 0 ? rest : rest[(rest.Span.IndexOf((byte)'\n') + 1)..];
        var rows = new List<LogRow>();
        while (rest.Span.IndexOf((byte)'\n') is var end and >= 0)
        {
            rows.Add(LogRow.Parse(rest[..end]));
            rest = rest[(end + 1)..];
        }

        return rows.Count > 0 ? [.. rows] : throw new InvalidDataException($"{file.Path}: no lines");
    }
}
