using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bongsu.EndToEnd;

/// <summary>From a row to a message: rules on the stream of the real server, told to a real webhook.</summary>
public sealed class AlertTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _folder = new();
    private readonly WebhookReceiver _webhook = new();
    private ServerProcess _server = null!;

    private string[] Arguments => ["--rules", _folder.File("rules")];

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(_folder.File("rules"));
        await File.WriteAllTextAsync(_folder.File("rules/errors.yaml"), """
            name: errors
            query: |
              app
              | where level == "error"
              | summarize errors = count() by service
              | where errors >= 3
            every: 1s
            window: 10s
            lateness: 1s
            severity: 2
            annotations:
              summary: "{{ errors }} errors in {{ service }}"
            channels: [hook]
            """);
        await File.WriteAllTextAsync(_folder.File("rules/channels.yaml"), $"channels:\n  hook:\n    webhook: {_webhook.Address}\n");
        _server = await ServerProcess.StartAsync(_folder.File("data"), Arguments);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _webhook.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Errors_FireOnce_AndResolve_EvenOverAKill()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        await SendAsync(now.AddSeconds(-3), "error", 2);
        await SendAsync(now.AddSeconds(-5), "error", 2);
        await SendAsync(now, "info", 1);
        JsonElement firing = await _webhook.NextAsync(body => body.Contains("firing", StringComparison.Ordinal));
        Assert.Contains("errors in pay", firing.ToString(), StringComparison.Ordinal);
        JsonElement alerts = await AlertsAsync();
        Assert.Equal("firing", alerts[0].GetProperty("state").GetString());
        Assert.Equal("pay", alerts[0].GetProperty("key").GetProperty("service").GetString());
        string query = alerts[0].GetProperty("query").GetString()!;
        Assert.True((await _server.RowsAsync(query)).Length >= 3, query);

        await _server.KillAsync();
        await _server.DisposeAsync();
        _server = await ServerProcess.StartAsync(_folder.File("data"), Arguments);
        Assert.Equal("firing", (await AlertsAsync())[0].GetProperty("state").GetString());
        for (int second = 1; second < 40 && !_webhook.Has("\"resolved\""); second++)
        {
            await SendAsync(DateTimeOffset.UtcNow, "info", 1);
            await Task.Delay(500);
        }

        Assert.True(_webhook.Has("\"resolved\""), _server.Output);
        Assert.Single(_webhook.All, body => body.Contains("\"firing\"", StringComparison.Ordinal));
        string[] told = [];
        for (int wait = 0; wait < 50 && told.Length < 2; wait++)
        {
            await Task.Delay(100);
            told = [.. (await _server.RowsAsync("Alerts | summarize count() by state | sort by state asc")).Select(row => row[0])];
        }

        Assert.Equal(["firing", "resolved"], told);
    }

    [Fact]
    public async Task Import_OfOldRows_PagesNobody()
    {
        await SendAsync(DateTimeOffset.UtcNow.AddDays(-30), "error", 500);
        await SendAsync(DateTimeOffset.UtcNow, "info", 1);
        await Task.Delay(3000);
        Assert.Empty(_webhook.All);
        using var rules = JsonDocument.Parse(await _server.Http.GetStringAsync(new Uri("/api/rules", UriKind.Relative)));
        Assert.Equal(500, rules.RootElement.GetProperty("rules")[0].GetProperty("rowsBackfill").GetInt64());
    }

    [Fact]
    public async Task BrokenRule_ChangesNothing_AndSaysWhere()
    {
        await File.WriteAllTextAsync(_folder.File("rules/broken.yaml"), "name: broken\nquery: app | wher x\n");
        for (int wait = 0; wait < 100; wait++)
        {
            using var document = JsonDocument.Parse(await _server.Http.GetStringAsync(new Uri("/api/rules", UriKind.Relative)));
            JsonElement errors = document.RootElement.GetProperty("errors");
            if (errors.GetArrayLength() > 0)
            {
                Assert.Equal(("broken.yaml", 2), (errors[0].GetProperty("file").GetString(), errors[0].GetProperty("line").GetInt32()));
                Assert.Equal("errors", document.RootElement.GetProperty("rules")[0].GetProperty("name").GetString());
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail("the broken rule was never told");
    }

    [Fact]
    public async Task Backtest_OverStoredRows_FindsWhatWouldHaveFired()
    {
        await SendAsync(DateTimeOffset.UtcNow.AddMinutes(-5), "error", 7);
        await SendAsync(DateTimeOffset.UtcNow, "info", 1);
        (int code, string output, string error) = await ServerProcess.RunAsync(
            "rules", "test", _folder.File("rules/errors.yaml"), "--from", "-1h", "--by-event-time", "--server", _server.Address.ToString());
        Assert.True(code == 0, error);
        Assert.Contains("errors: 1 alert,", output, StringComparison.Ordinal);
        Assert.Contains("7 errors in pay", output, StringComparison.Ordinal);
    }

    private async Task<JsonElement> AlertsAsync()
    {
        using var document = JsonDocument.Parse(await _server.Http.GetStringAsync(new Uri("/api/alerts", UriKind.Relative)));
        return document.RootElement.GetProperty("alerts").Clone();
    }

    private Task SendAsync(DateTimeOffset time, string level, int rows)
    {
        var body = new StringBuilder();
        string text = time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        for (int row = 0; row < rows; row++)
        {
            body.Append($"{{\"timestamp\":\"{text}\",\"level\":\"{level}\",\"service\":\"pay\",\"message\":\"m\"}}\n");
        }

        return _server.IngestAsync("app", body.ToString());
    }
}
