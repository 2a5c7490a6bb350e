using System.Text;

namespace Bongsu.LogBench.Generation;

/// <summary>Writes the rows of one chunk, one after the other.</summary>
internal sealed class ChunkWriter(LogGenerator generator, Rng seeded)
{
    private const int OpenTraces = 96;
    private const int Users = 100_000;
    private const int MaxLineBytes = 4096;
    private static readonly int[] s_serviceTotals = TotalsOfServices();
    private static readonly HashSet<int> s_koreanServices = [.. IndexesOf("payments", "billing", "notify", "users", "reviews")];
    private static readonly byte[][] s_paths = [.. Vocabulary.Paths.Select(Encoding.UTF8.GetBytes)];
    private static readonly byte[][] s_levels = [.. new[] { "debug", "info", "warn", "error" }.Select(Encoding.UTF8.GetBytes)];
    private static readonly int[] s_goodStatus = [200, 200, 200, 200, 200, 200, 200, 201, 204, 304];
    private static readonly int[] s_warnStatus = [400, 401, 404, 404, 429];
    private static readonly int[] s_errorStatus = [500, 500, 502, 503, 504];

    private readonly Trace[] _traces = new Trace[OpenTraces];
    private Rng _rng = seeded;

    /// <summary>Writes rows from one number up to, not including, another.</summary>
    public void Write(long fromRow, long toRow, LineWriter output)
    {
        int minute = generator.Wave.MinuteOf(fromRow);
        int[] times = generator.Wave.TimesOf(minute);
        long firstRow = generator.Wave.FirstRowOf(minute);
        for (long row = fromRow; row < toRow; row++)
        {
            while (row - firstRow >= times.Length)
            {
                firstRow += times.Length;
                times = generator.Wave.TimesOf(++minute);
            }

            output.Reserve(MaxLineBytes);
            WriteRow(row, minute, times[row - firstRow], output);
        }
    }

    private void WriteRow(long row, int minute, int timeMs, LineWriter output)
    {
        ref Trace trace = ref NextTrace();
        int service = Array.BinarySearch(s_serviceTotals, _rng.Below(s_serviceTotals[^1]) + 1);
        service = service < 0 ? ~service : service;
        int dice = _rng.Below(1000);
        int level = dice < 10 ? 3 : dice < 50 ? 2 : dice < 200 ? 0 : 1;
        int[] status = level switch { 3 => s_errorStatus, 2 => s_warnStatus, _ => s_goodStatus };
        var facts = new RowFacts
        {
            Row = row,
            Service = Vocabulary.Services[service],
            Method = Vocabulary.Methods[trace.Method],
            Path = Vocabulary.Paths[trace.Path],
            Status = status[_rng.Below(status.Length)],
            DurationHundredths = DurationOf(service, level),
            User = trace.User,
            Ip = trace.Ip,
        };
        WriteTime(minute, timeMs, output);
        output.Text("\",\"service\":\""u8).Text(facts.Service).Text("\",\"host\":\""u8).Text(Vocabulary.Hosts[_rng.Below(5)]);
        output.Text("\",\"level\":\""u8).Text(s_levels[level]).Text("\",\"message\":\""u8);
        MessageTemplate[] family = FamilyOf(level, service);
        family[_rng.Below(family.Length)].Write(output, facts, ref _rng);
        if (generator.NeedleRows.AsSpan().Contains(row))
        {
            output.Text(" needle7f3a9c"u8);
        }

        output.Text("\",\"status\":"u8).Number(facts.Status).Text(",\"duration_ms\":"u8).Hundredths(facts.DurationHundredths);
        output.Text(",\"path\":\""u8).Text(s_paths[trace.Path]).Text("\",\"method\":\""u8).Text(facts.Method);
        output.Text("\",\"trace_id\":\""u8).Hex(trace.High, 16).Hex(trace.Low, 16).Text("\",\"user_id\":"u8).Number(trace.User);
        output.Text(",\"client_ip\":\""u8).Address(trace.Ip).Text("\"}\n"u8);
    }

    // A trace keeps its user, address and path for 1 to 9 rows, mixed with the rows of others.
    private ref Trace NextTrace()
    {
        ref Trace trace = ref _traces[_rng.Below(OpenTraces)];
        if (trace.RowsLeft == 0)
        {
            double unit = _rng.Unit();
            uint rank = (uint)(Users * unit * unit);
            trace = new Trace
            {
                RowsLeft = 1 + _rng.Below(9),
                High = _rng.Next(),
                Low = _rng.Next(),
                User = Users + (int)(rank * 61_813UL % Users), // hot users lie scattered
                Ip = rank * 2_654_435_761,
                Path = _rng.Below(s_paths.Length),
                Method = _rng.Below(Vocabulary.Methods.Count),
            };
        }

        trace.RowsLeft--;
        return ref trace;
    }

    // A long tail; errors take eight times as long. Only operations that IEEE 754 fixes to the bit.
    private long DurationOf(int service, int level)
    {
        double typicalMs = 2 + (service * 7 % 20 * 1.75);
        double unit = _rng.Unit();
        double hundredths = 100 * typicalMs * (level == 3 ? 8 : 1) * (0.3 + unit) / Math.Sqrt(1.0004 - unit);
        return (long)hundredths + 1;
    }

    private MessageTemplate[] FamilyOf(int level, int service) => level switch
    {
        0 => MessageFamilies.Debug,
        2 => MessageFamilies.Warn,
        3 => MessageFamilies.Error,
        _ => s_koreanServices.Contains(service) && _rng.Below(3) == 0 ? MessageFamilies.Korean : MessageFamilies.Info,
    };

    private static void WriteTime(int minute, int timeMs, LineWriter output)
    {
        DateOnly day = LogGenerator.FirstDay.AddDays(minute / 1440);
        output.Text("{\"ts\":\""u8).Padded(day.Year, 4).Text("-"u8).Padded(day.Month, 2).Text("-"u8).Padded(day.Day, 2).Text("T"u8);
        output.Padded(minute / 60 % 24, 2).Text(":"u8).Padded(minute % 60, 2).Text(":"u8);
        output.Padded(timeMs / 1000, 2).Text("."u8).Padded(timeMs % 1000, 3).Text("Z"u8);
    }

    // Skewed: the first service has about six times the rows of the last.
    private static int[] TotalsOfServices()
    {
        int total = 0;
        return [.. Vocabulary.Services.Select((_, index) => total += 3000 / (index + 4))];
    }

    private static IEnumerable<int> IndexesOf(params string[] services) =>
        services.Select(name => Vocabulary.Services.ToList().FindIndex(service => service.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(name))));

    private struct Trace
    {
        public int RowsLeft;
        public int User;
        public int Path;
        public int Method;
        public uint Ip;
        public ulong High;
        public ulong Low;
    }
}
