using System.Net.Http.Headers;
using System.Text;

namespace Bongsu.EndToEnd;

/// <summary>What rests on the disk: masked, backed up, damaged.</summary>
public sealed class StorageTests : IDisposable
{
    private const int SegmentHeaderBytes = 32;
    private const int RecordHeaderBytes = 28;

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task MaskedSecrets_NeverReachTheDisk()
    {
        Directory.CreateDirectory(_folder.File("pipelines"));
        await File.WriteAllTextAsync(_folder.File("pipelines/app.yaml"), """
            processors:
              - mask: { kinds: [all] }
            """);
        string[] secrets = ["900101-1234568", "010-1234-5678", "4111 1111 1111 1111", "kim@example.com", "Bearer abcdef0123456789abcdef"];
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder.File("data"), "--pipelines", _folder.File("pipelines")))
        {
            string rows = string.Concat(secrets.Select((secret, row) =>
                $"{{\"message\":\"customer {row} said {secret} today\",\"nested\":{{\"note\":\"{secret}\"}},\"list\":[\"{secret}\"]}}\n"));
            await server.IngestAsync("app", rows);
            await FlushAsync(server, "app");
            Assert.Equal(5, await server.NumberAsync("app | where message has 'customer' and message contains '*' | count"));
            await server.TerminateAsync();
        }

        foreach (string file in Directory.EnumerateFiles(_folder.File("data"), "*", SearchOption.AllDirectories))
        {
            string bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.DoesNotContain(secrets, secret => bytes.Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Backup_WhileRunning_RestoresTheSameRows()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(_folder.File("data"));
        await server.IngestAsync("app", Numbered(0, 500));
        await FlushAsync(server, "app");
        await server.IngestAsync("app", Numbered(500, 300));
        string address = server.Address.ToString();
        (int code, string output, string error) = await ServerProcess.RunAsync("backup", _folder.File("backup"), "--server", address);
        Assert.True(code == 0, error);
        Assert.Contains("default/app: 800 rows", output, StringComparison.Ordinal);
        await server.IngestAsync("app", Numbered(800, 100));
        (code, output, error) = await ServerProcess.RunAsync("verify", _folder.File("backup"), "--scratch", _folder.File("scratch"));
        Assert.True(code == 0, error);
        Assert.Contains("default/app: 800 rows", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("scratch")));
        (code, _, error) = await ServerProcess.RunAsync("restore", _folder.File("backup"), "--data", _folder.File("restored"));
        Assert.True(code == 0, error);
        await using ServerProcess restored = await ServerProcess.StartAsync(_folder.File("restored"));
        const string Check = "app | where number < 800 | summarize count(), sum(number), count_distinct(message)";
        Assert.Equal((await server.RowsAsync(Check))[0], (await restored.RowsAsync(Check))[0]);
        Assert.Equal(800, await restored.NumberAsync("app | count"));
    }

    [Fact]
    public async Task TornTail_OfTheLog_CostsOnlyWhatWasNotAcknowledged()
    {
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder.File("data")))
        {
            await server.IngestAsync("app", Numbered(0, 100));
            await server.KillAsync();
        }

        // What a torn write leaves behind: garbage where the next record would begin.
        string log = Directory.GetFiles(_folder.File("data/wal"), "wal-*").Order(StringComparer.Ordinal).Last();
        byte[] bytes = await File.ReadAllBytesAsync(log);
        int end = SegmentHeaderBytes;
        while (end < bytes.Length && BitConverter.ToInt32(bytes, end) is > 0 and int size)
        {
            end += RecordHeaderBytes + size; // docs/formats/wal.md
        }

        await using (FileStream file = File.OpenWrite(log))
        {
            file.Position = end;
            file.Write(Encoding.ASCII.GetBytes("half a record that never was"));
        }

        await using ServerProcess again = await ServerProcess.StartAsync(_folder.File("data"));
        Assert.Equal(100, await again.NumberAsync("app | count"));
        await again.IngestAsync("app", Numbered(100, 10));
        Assert.Equal(110, await again.NumberAsync("app | count"));
    }

    [Fact]
    public async Task FlippedBytes_InAPart_SetItAside_AndTheRestAnswers()
    {
        await using (ServerProcess server = await ServerProcess.StartAsync(_folder.File("data")))
        {
            await server.IngestAsync("app", Numbered(0, 1000));
            await FlushAsync(server, "app");
            await server.IngestAsync("other", Numbered(0, 50));
            await FlushAsync(server, "other");
            await server.TerminateAsync();
        }

        string part = Directory.EnumerateFiles(_folder.File("data"), "*", SearchOption.AllDirectories)
            .Where(file => file.Contains("part", StringComparison.Ordinal)).OrderByDescending(file => new FileInfo(file).Length).First();
        byte[] bytes = await File.ReadAllBytesAsync(part);
        for (int position = 16; position < bytes.Length / 3; position += 3)
        {
            bytes[position] ^= 0x10;
        }

        await File.WriteAllBytesAsync(part, bytes);
        await using ServerProcess again = await ServerProcess.StartAsync(_folder.File("data"));
        string[][] rows = await again.RowsAsync("app | summarize count(), sum(number), count_distinct(message)");
        Assert.Equal("0", rows[0][0]);
        Assert.Equal(50, await again.NumberAsync("other | where message != '' | count"));
        Assert.Contains("checksum", again.Output, StringComparison.OrdinalIgnoreCase);
    }

    private static string Numbered(int from, int count) => string.Concat(Enumerable.Range(from, count).Select(number =>
        $"{{\"timestamp\":\"2026-11-20T00:00:00Z\",\"number\":{number},\"message\":\"row {number} of many, told at length\"}}\n"));

    private static async Task FlushAsync(ServerProcess server, string table)
    {
        using var body = new StringContent("{}");
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await server.Http.PostAsync(new Uri($"/api/tables/{table}/flush", UriKind.Relative), body);
        response.EnsureSuccessStatusCode();
    }
}
