using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bongsu.Core.Batches;
using Bongsu.Core.Text;
using Bongsu.Ingest;
using Bongsu.Ingest.Protocols.Syslog;
using Bongsu.Store;

namespace Bongsu.Tests.Ingest.Protocols.Syslog;

/// <summary>The listener over real sockets, and with the senders that Debian has.</summary>
public sealed class SyslogListenerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bongsu-syslog-").FullName;
    private readonly List<(string Source, Dictionary<string, string> Cells)> _rows = [];
    private Database _database = null!;
    private SyslogListener _listener = null!;

    public async Task InitializeAsync()
    {
        _database = await Database.OpenAsync(new StoreOptions { DataDirectory = _folder }, TimeProvider.System, CancellationToken.None);
        _database.Committed += Keep;
        Start(new SyslogOptions { Endpoint = new IPEndPoint(IPAddress.Loopback, 0) });
    }

    public async Task DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Udp_Datagrams_AreRows()
    {
        using var client = new UdpClient();
        for (int row = 0; row < 500; row++)
        {
            await client.SendAsync(Encoding.UTF8.GetBytes($"<165>1 2003-10-11T22:14:15.003Z h app {row} - - 메시지 {row}\n"), _listener.Endpoint);
        }

        await UntilAsync(500);
        Assert.Equal(Enumerable.Range(0, 500).Select(row => $"메시지 {row}"), Cells("message"));
        Assert.All(Cells("level"), level => Assert.Equal("info", level));
        Assert.All(_rows, row => Assert.Equal("127.0.0.1", row.Source));
    }

    [Fact]
    public async Task Tcp_CountedAndLines_OnOneConnection()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_listener.Endpoint);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync("22 <13>su: two\nlines in 1<13>su: a line\n<13>su: last"u8.ToArray());
        client.Client.Shutdown(SocketShutdown.Send);
        await UntilAsync(3);
        Assert.Equal(["two\nlines in 1", "a line", "last"], Cells("message"));
        Assert.All(Cells("host"), host => Assert.Equal("127.0.0.1", host));
    }

    [Fact]
    public async Task Tcp_ManyRowsThenStop_NothingIsLost()
    {
        var senders = new List<Task>();
        for (int sender = 0; sender < 4; sender++)
        {
            int number = sender;
            senders.Add(Task.Run(async () =>
            {
                using var client = new TcpClient();
                await client.ConnectAsync(_listener.Endpoint);
                byte[] all = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5_000).Select(row => $"<13>p: {number}-{row}\n")));
                NetworkStream stream = client.GetStream();
                await stream.WriteAsync(all);
                client.Client.Shutdown(SocketShutdown.Send);
                Assert.Equal(0, await stream.ReadAsync(new byte[1]));
            }));
        }

        await Task.WhenAll(senders);
        await _listener.DisposeAsync();
        Assert.Equal(20_000, _rows.Count);
        Assert.Equal(20_000, Cells("message").Distinct().Count());
        Assert.Equal((20_000, 20_000, 0L), (_listener.Statistics.Messages, _listener.Statistics.StoredRows, _listener.Statistics.LostRows));
    }

    [Fact]
    public async Task Tcp_OverTheLimits_IsCutAndRefused()
    {
        await _listener.DisposeAsync();
        Start(new SyslogOptions { Endpoint = new IPEndPoint(IPAddress.Loopback, 0), MaxMessageBytes = 1_000, MaxConnections = 1 });
        using var first = new TcpClient();
        await first.ConnectAsync(_listener.Endpoint);
        await first.GetStream().WriteAsync(Encoding.UTF8.GetBytes("<13>p: " + new string('x', 100_000) + "\n<13>p: next\n"));
        await UntilAsync(2);
        Assert.Equal(["true", ""], Cells("truncated"));
        Assert.Equal("next", Cells("message")[1]);
        using var second = new TcpClient();
        await second.ConnectAsync(_listener.Endpoint);
        Assert.Equal(0, await second.GetStream().ReadAsync(new byte[1]));
        Assert.Equal(1, _listener.Statistics.RefusedConnections);
    }

    [Theory]
    [InlineData("--udp", "--rfc5424")]
    [InlineData("--udp", "--rfc3164")]
    [InlineData("--tcp", "--rfc5424")]
    [InlineData("--tcp", "--rfc3164")]
    [InlineData("--tcp", "--rfc5424 --octet-count")]
    [InlineData("--tcp", "--rfc3164 --octet-count")]
    public async Task Logger_OfUtilLinux_Delivers(string transport, string format)
    {
        if (!File.Exists("/usr/bin/logger"))
        {
            return;
        }

        string arguments = $"-n 127.0.0.1 -P {_listener.Endpoint.Port} {transport} {format} -t mytag -p auth.warning --id=4711";
        for (int row = 0; row < 3; row++)
        {
            using Process logger = Process.Start("/usr/bin/logger", $"{arguments} \"결제 실패 {row}\"");
            await logger.WaitForExitAsync();
            Assert.Equal(0, logger.ExitCode);
        }

        await UntilAsync(3);
        Assert.Equal(["결제 실패 0", "결제 실패 1", "결제 실패 2"], Cells("message").Order());
        Assert.All(_rows, row => Assert.Equal(
            ("mytag", "4711", "auth", "warn"), (row.Cells["service"], row.Cells["pid"], row.Cells["facility"], row.Cells["level"])));
        Assert.All(Cells("timestamp"), time => Assert.InRange(
            DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
            TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-2), TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(2)));
    }

    [Theory]
    [InlineData("udp", "RSYSLOG_TraditionalForwardFormat", "")]
    [InlineData("udp", "RSYSLOG_SyslogProtocol23Format", "")]
    [InlineData("tcp", "RSYSLOG_ForwardFormat", "TCP_Framing=\"octet-counted\"")]
    [InlineData("tcp", "RSYSLOG_SyslogProtocol23Format", "TCP_Framing=\"traditional\"")]
    public async Task Rsyslog_Forwards_EveryLineOfAFile(string protocol, string template, string more)
    {
        if (!File.Exists("/usr/sbin/rsyslogd"))
        {
            return;
        }

        const int Lines = 400;
        string input = Path.Combine(_folder, "input.log");
        await File.WriteAllLinesAsync(input, Enumerable.Range(0, Lines).Select(row => $"numbered row {row} 로그"));
        string configuration = Path.Combine(_folder, "rsyslog.conf");
        await File.WriteAllTextAsync(configuration, $"""
            global(workDirectory="{_folder}")
            module(load="imfile" mode="polling" pollingInterval="1")
            input(type="imfile" File="{input}" Tag="myapp:" Severity="error" Facility="local3")
            action(type="omfwd" Target="127.0.0.1" Port="{_listener.Endpoint.Port}" Protocol="{protocol}" Template="{template}" {more})
            """);
        using Process rsyslog = Process.Start(
            "/usr/sbin/rsyslogd", ["-n", "-f", configuration, "-i", Path.Combine(_folder, "rsyslog.pid")]);
        try
        {
            await UntilAsync(Lines);
        }
        finally
        {
            rsyslog.Kill();
            await rsyslog.WaitForExitAsync();
        }

        List<Dictionary<string, string>> rows = [.. _rows.Select(row => row.Cells).Where(row => row["message"].Contains("numbered", StringComparison.Ordinal))];
        Assert.Equal(
            Enumerable.Range(0, Lines).Select(row => $"numbered row {row} 로그").Order(StringComparer.Ordinal),
            rows.Select(row => row["message"].Trim()).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal(("myapp", "error", "local3"), (row["service"], row["level"], row["facility"])));
    }

    private void Start(SyslogOptions options)
    {
        _listener = new SyslogListener(options, new IngestGateway(_database, TimeProvider.System), TimeProvider.System);
        _listener.Start();
    }

    private void Keep(CommittedBatch committed)
    {
        Batch batch = committed.Batch;
        lock (_rows)
        {
            for (int row = 0; row < batch.RowCount; row++)
            {
                var cells = new Dictionary<string, string>(StringComparer.Ordinal);
                for (int column = 0; column < batch.Schema.Count; column++)
                {
                    cells[batch.Schema[column].Name] = ScalarText.Format(batch[column].GetScalar(row));
                }

                _rows.Add((committed.SourceId, cells));
            }
        }
    }

    private List<string> Cells(string column)
    {
        lock (_rows)
        {
            return _rows.ConvertAll(row => row.Cells.GetValueOrDefault(column, ""));
        }
    }

    private async Task UntilAsync(int count)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (Cells("message").Count < count)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30), $"{Cells("message").Count} of {count} rows; {_listener.Statistics}");
            await Task.Delay(10);
        }
    }
}
