using System.Diagnostics;
using System.Globalization;
using System.Text;
using Bongsu.LogBench.Serving;

namespace Bongsu.LogBench.Rules;

/// <summary>Sends rows with the time of now over several connections, at a steady rate.</summary>
internal sealed class RowSender
{
    private const int RowsPerBody = 1_000;
    private const int Bodies = 16;
    private const string TimeShape = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string TimePlace = "2026-01-01T00:00:00.000Z";
    private const string CodeShape = "00000000";

    private readonly ServerUnderTest _server;
    private readonly int _connections;
    private readonly double _bodiesPerSecond;
    private readonly double _alertsPerSecond;
    private long _bodies;
    private long _alerts;
    private long _sentRows;

    /// <summary>A sender that has sent nothing.</summary>
    public RowSender(ServerUnderTest server, int connections, int rowsPerSecond, double alertsPerSecond)
    {
        _server = server;
        _connections = connections;
        RowsEach = Math.Min(RowsPerBody, Math.Max(1, rowsPerSecond / 20));
        _bodiesPerSecond = (double)rowsPerSecond / RowsEach;
        _alertsPerSecond = alertsPerSecond;
    }

    /// <summary>Rows acknowledged.</summary>
    public long SentRows => Interlocked.Read(ref _sentRows);

    /// <summary>Rows in a body.</summary>
    public int RowsEach { get; }

    /// <summary>Sends until told to end.</summary>
    public Task RunAsync(CancellationToken end)
    {
        long start = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, _connections).Select(connection => Task.Run(() => SendAsync(connection, start, end), end)));
    }

    private async Task SendAsync(int connection, long start, CancellationToken end)
    {
        Body[] bodies = [.. Enumerable.Range(0, Bodies).Select(body => new Body(RowsEach, (connection * Bodies) + body))];
        for (int turn = 0; !end.IsCancellationRequested; turn++)
        {
            long number = Interlocked.Increment(ref _bodies) - 1;
            TimeSpan due = TimeSpan.FromSeconds(number / _bodiesPerSecond) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, CancellationToken.None);
            }

            Body body = bodies[turn % Bodies];
            double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
            long alert = Interlocked.Read(ref _alerts);
            bool isAlert = alert < elapsed * _alertsPerSecond && Interlocked.CompareExchange(ref _alerts, alert + 1, alert) == alert;
            body.Stamp(DateTimeOffset.UtcNow, isAlert ? alert : null);
            await _server.IngestAsync(body.Bytes, "logs");
            Interlocked.Add(ref _sentRows, RowsEach);
        }
    }

    /// <summary>A request's rows; the time of each, and the last row's level and code, are written into their places.</summary>
    private sealed class Body
    {
        private readonly byte[] _bytes;
        private readonly int[] _times;
        private readonly int _levelAt;
        private readonly int _serviceAt;
        private readonly int _codeAt;

        public Body(int rows, int seed)
        {
            var random = new Random(seed);
            var text = new StringBuilder();
            _times = new int[rows];
            for (int row = 0; row < rows; row++)
            {
                text.Append("{\"timestamp\":\"");
                _times[row] = text.Length;
                text.Append(CultureInfo.InvariantCulture, $"{TimePlace}\",\"level\":");
                _levelAt = text.Length;
                text.Append(CultureInfo.InvariantCulture, $"{Level(random)},\"service\":\"");
                _serviceAt = text.Length;
                text.Append(CultureInfo.InvariantCulture, $"{RuleFolder.ServiceName(random.Next(RuleFolder.Services))}\",\"code\":\"");
                _codeAt = text.Length;
                text.Append(CultureInfo.InvariantCulture, $"{CodeShape}\",\"host\":\"host-{random.Next(10)}\",");
                int status = random.Next(100) < 97 ? 200 : 500 + random.Next(5);
                int ms = (int)Math.Exp(random.NextDouble() * 9);
                text.Append(CultureInfo.InvariantCulture, $"\"status\":{status},\"duration_ms\":{ms},\"user\":\"u{random.Next(100_000)}\",");
                string path = string.Create(CultureInfo.InvariantCulture, $"/api/v{random.Next(4)}/{s_paths[random.Next(s_paths.Length)]}");
                text.Append(CultureInfo.InvariantCulture, $"\"path\":\"{path}\",\"message\":\"{s_verbs[random.Next(s_verbs.Length)]} {path} ");
                text.Append(CultureInfo.InvariantCulture, $"for user {random.Next(100_000)} took {ms} ms, status {status}\"}}\n");
            }

            _bytes = Encoding.UTF8.GetBytes(text.ToString());
        }

        private static readonly string[] s_paths = ["orders", "users", "items", "cart", "login", "search", "rooms", "messages"];
        private static readonly string[] s_verbs = ["served", "finished", "answered", "retry of", "cached"];

        public ReadOnlyMemory<byte> Bytes => _bytes;

        public void Stamp(DateTimeOffset now, long? alert)
        {
            byte[] time = Encoding.UTF8.GetBytes(now.ToString(TimeShape, CultureInfo.InvariantCulture));
            foreach (int at in _times)
            {
                time.CopyTo(_bytes, at);
            }

            // Round the services, so that each alert is a rule's of its own as far as there are as many.
            string service = RuleFolder.ServiceName((int)((alert ?? 0) % RuleFolder.Services));
            Encoding.UTF8.GetBytes(service, _bytes.AsSpan(_serviceAt));
            Encoding.UTF8.GetBytes(alert is null ? "\"info\" " : "\"fatal\"", _bytes.AsSpan(_levelAt));
            Encoding.UTF8.GetBytes((alert ?? 0).ToString(CodeShape, CultureInfo.InvariantCulture), _bytes.AsSpan(_codeAt));
        }

        // All of one length, so that one fits in another's place.
        private static string Level(Random random) => random.Next(100) switch
        {
            < 2 => "\"error\"",
            < 6 => "\"warn\" ",
            < 20 => "\"debug\"",
            _ => "\"info\" ",
        };
    }
}
