using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bongsu.EndToEnd;

/// <summary>The system's rsyslog with omelasticsearch delivers unchanged.</summary>
public sealed class RsyslogElasticsearchTests : IAsyncLifetime
{
    private const string Rsyslog = "/usr/sbin/rsyslogd";
    private const string Module = "/usr/lib/x86_64-linux-gnu/rsyslog/omelasticsearch.so";

    private readonly TemporaryDirectory _data = new();
    private ServerProcess _server = null!;

    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync(_data.Path);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Dispose();
    }

    [ClientFact(Rsyslog, Module)]
    public async Task Rsyslog_Bulk_DeliversEveryLine()
    {
        int port = FreePort();
        string folder = Directory.CreateDirectory(Path.Combine(_data.Path, "rsyslog")).FullName;
        string configuration = Path.Combine(folder, "rsyslog.conf");
        await File.WriteAllTextAsync(configuration, Configuration(folder, port));
        using var rsyslog = Process.Start(Rsyslog, ["-n", "-f", configuration, "-i", Path.Combine(folder, "pid")]);
        try
        {
            await SendAsync(port, 2_000);
            await ClientPrograms.EventuallyAsync(2_000, CountAsync);
            Assert.Equal(200, await _server.NumberAsync("['syslog'] | where level == 'error' and host == 'web-1' and service == 'pay' | count"));
            Assert.Equal(2_000, await _server.NumberAsync("['syslog'] | where message contains '결제' | distinct message | count"));
            Assert.False(File.Exists(Path.Combine(folder, "errors.log")));
        }
        finally
        {
            rsyslog.Kill();
            await rsyslog.WaitForExitAsync();
        }
    }

    // The table is made by the first row.
    private async Task<long> CountAsync()
    {
        try
        {
            return await _server.NumberAsync("['syslog'] | count");
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    // The queue holds all lines: of 1,000 rsyslog itself drops lines where delivery is slow for two seconds.
    private string Configuration(string folder, int port) => $$"""
        global(workDirectory="{{folder}}")
        module(load="imtcp")
        module(load="omelasticsearch")
        template(name="json" type="list" option.jsonf="on") {
          property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
          property(outname="host" name="hostname" format="jsonf")
          property(outname="level" name="syslogseverity-text" format="jsonf")
          property(outname="service" name="programname" format="jsonf")
          property(outname="message" name="msg" format="jsonf")
        }
        input(type="imtcp" port="{{port}}" address="127.0.0.1")
        action(type="omelasticsearch" server="{{_server.Address.Host}}" serverport="{{_server.Address.Port}}" template="json"
               searchIndex="syslog" searchType="" bulkmode="on" errorfile="{{folder}}/errors.log"
               queue.type="linkedList" queue.size="10000" action.resumeRetryCount="-1" action.resumeInterval="1")
        """;

    private static async Task SendAsync(int port, int lines)
    {
        using var client = new TcpClient();
        for (int attempt = 0; !client.Connected; attempt++)
        {
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
            }
            catch (SocketException) when (attempt < 200)
            {
                await Task.Delay(50);
            }
        }

        var text = new StringBuilder();
        for (int line = 0; line < lines; line++)
        {
            // Facility 1 (user), severity 3 (error) or 6 (info).
            int priority = line % 10 == 0 ? 11 : 14;
            text.Append($"<{priority}>Nov 20 01:02:03 web-1 pay: 결제 \"{line}\" 완료\n");
        }

        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }
}
