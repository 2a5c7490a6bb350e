using System.Text.Json;

namespace Bongsu.EndToEnd;

/// <summary>The official Node.js client, of both major versions, delivers unchanged.</summary>
public sealed class ElasticsearchClientTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _data = new();
    private ServerProcess _server = null!;

    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync(_data.Path);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Dispose();
    }

    [ClientFact("node_modules/@elastic/elasticsearch")]
    public Task Client9_Bulk_IsStoredOnce() => DeliverAsync("@elastic/elasticsearch");

    [ClientFact("node_modules/elasticsearch8")]
    public Task Client8_Bulk_IsStoredOnce() => DeliverAsync("elasticsearch8");

    private async Task DeliverAsync(string package)
    {
        JsonElement first = await RunAsync(package, 0, 500);
        Assert.Equal((500, 0), (first.GetProperty("successful").GetInt32(), first.GetProperty("failed").GetInt32()));
        Assert.False(first.GetProperty("existedBefore").GetBoolean());
        Assert.True(first.GetProperty("existsAfter").GetBoolean());
        Assert.Equal("created", first.GetProperty("single").GetString());

        // A hundred of these were delivered before: each is a conflict, as Elasticsearch says it, and none is stored
        // twice.
        JsonElement second = await RunAsync(package, 400, 200);
        Assert.Equal((100, 100), (second.GetProperty("successful").GetInt32(), second.GetProperty("failed").GetInt32()));
        Assert.Equal(409, Assert.Single(second.GetProperty("dropped").EnumerateArray()).GetInt32());

        Assert.Equal(600, await _server.NumberAsync("['shop'] | where message startswith '결제' | distinct number | count"));
        Assert.Equal(600, await _server.NumberAsync("['shop'] | where isnotnull(number) | count"));
        Assert.Equal(60, await _server.NumberAsync("['shop'] | where level == 'error' and service == 'checkout' | count"));
    }

    private async Task<JsonElement> RunAsync(string package, int first, int count)
    {
        string output = await ClientPrograms.RunAsync(
            "node",
            "elasticsearch.mjs",
            package,
            new Uri(_server.Address, "/elasticsearch").ToString(),
            "shop-2026.11.20",
            first.ToString(),
            count.ToString());
        return JsonDocument.Parse(output).RootElement;
    }
}
