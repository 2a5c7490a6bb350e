using System.Buffers;
using System.Globalization;
using System.Text;

namespace Bongsu.Bench;

/// <summary>Web-service logs as NDJSON, the same bytes for the same seed: skewed services and users, traces shared by a
/// few rows, a day wave.</summary>
internal sealed class LogGenerator
{
    private const string NeedleWord = "needle7f3a9c";
    private static readonly string[] s_services =
        "gateway checkout catalog search cart payments auth users orders inventory shipping pricing recommend reviews email notify media billing fraud audit".Split(' ');

    private static readonly string[] s_resources = "orders items users carts payments invoices sessions products reviews shipments".Split(' ');
    private static readonly string[] s_methods = ["GET", "GET", "GET", "GET", "POST", "POST", "PUT", "DELETE"];
    private static readonly string[] s_korean = ["결제가 승인되었습니다", "배송을 시작했습니다", "재고가 부족합니다", "쿠폰을 적용했습니다", "로그인에 실패했습니다"];

    private readonly Random _random;
    private readonly long _rows;
    private readonly long _startTicks;
    private readonly long _spanTicks;
    private readonly (string Id, int User, string Ip)[] _traces = new (string, int, string)[96];
    private long _row;

    /// <summary>A generator of <paramref name="rows"/> rows over <paramref name="days"/> days.</summary>
    public LogGenerator(long rows, int days, int seed)
    {
        _random = new Random(seed);
        _rows = rows;
        _spanTicks = days * TimeSpan.TicksPerDay;
        _startTicks = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    }

    /// <summary>What the queries must answer.</summary>
    public ExpectedAnswers Expected { get; } = new();

    /// <summary>Writes rows until about <paramref name="sizeBytes"/> are written or none is left.</summary>
    /// <returns>Rows written.</returns>
    public int Write(ArrayBufferWriter<byte> output, int sizeBytes)
    {
        int written = 0;
        var line = new StringBuilder(512);
        for (; _row < _rows && output.WrittenCount < sizeBytes; _row++, written++)
        {
            line.Clear();
            AppendRow(line);
            Encoding.UTF8.GetBytes(line.ToString(), output);
        }

        return written;
    }

    private void AppendRow(StringBuilder line)
    {
        int service = (int)(s_services.Length * Math.Pow(_random.NextDouble(), 1.8));
        int slot = _random.Next(_traces.Length);
        ref (string Id, int User, string Ip) trace = ref _traces[slot];
        if (trace.Id is null || _random.Next(5) == 0)
        {
            trace = ($"{_random.NextInt64():x16}{_random.NextInt64():x16}", (int)(100_000 * Math.Pow(_random.NextDouble(), 2)),
                $"10.{_random.Next(256)}.{_random.Next(256)}.{_random.Next(1, 255)}");
        }

        double chance = _random.NextDouble();
        string level = chance < 0.02 ? "error" : chance < 0.07 ? "warn" : chance < 0.9 ? "info" : "debug";
        int status = level == "error" ? 500 + (_random.Next(4) % 4) : level == "warn" ? 429 : 200;
        double duration = Math.Round((2 + (service * 1.7)) * -Math.Log(1 - _random.NextDouble()), 2);
        string path = $"/api/v{1 + (service % 3)}/{s_resources[_random.Next(s_resources.Length)]}";
        string method = s_methods[_random.Next(s_methods.Length)];
        string message = MessageOf(level, method, path, status, duration, trace.User);
        long ticks = _startTicks + (long)(_spanTicks * (double)_row / _rows);
        line.Append(CultureInfo.InvariantCulture, $"{{\"ts\":\"{new DateTime(ticks):yyyy-MM-ddTHH:mm:ss.fffZ}\",\"service\":\"{s_services[service]}\",");
        line.Append(CultureInfo.InvariantCulture, $"\"host\":\"node-{1 + _random.Next(5)}\",\"level\":\"{level}\",\"message\":\"{message}\",\"status\":{status},");
        line.Append(CultureInfo.InvariantCulture, $"\"duration_ms\":{duration},\"path\":\"{path}\",\"method\":\"{method}\",\"trace_id\":\"{trace.Id}\",");
        line.Append(CultureInfo.InvariantCulture, $"\"user_id\":{trace.User},\"client_ip\":\"{trace.Ip}\"}}\n");
        Expected.Count(level, message);
    }

    private string MessageOf(string level, string method, string path, int status, double duration, int user)
    {
        if (_row == _rows / 9 * 2 || _row == _rows / 9 * 5 || _row == _rows / 9 * 8)
        {
            return string.Create(CultureInfo.InvariantCulture, $"found {NeedleWord} while rebuilding segment {_random.Next(10_000)} for user={user}");
        }

        return _random.Next(10) switch
        {
            0 when level == "error" => string.Create(CultureInfo.InvariantCulture, $"upstream timeout after {duration} ms calling {path} user={user} attempt={1 + _random.Next(3)}"),
            0 or 1 => string.Create(CultureInfo.InvariantCulture, $"cache miss key=user:{user}:profile region=ap-northeast-2 took {duration} ms"),
            2 => string.Create(CultureInfo.InvariantCulture, $"{s_korean[_random.Next(s_korean.Length)]} user={user} 주문={_random.Next(1_000_000)}"),
            3 when _random.Next(3) == 0 => string.Create(CultureInfo.InvariantCulture, $"retry scheduled in {_random.Next(900)} ms after timeout, queue depth {_random.Next(500)}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"request completed {method} {path} status={status} user={user} duration={duration} ms bytes={_random.Next(90_000)}"),
        };
    }
}
