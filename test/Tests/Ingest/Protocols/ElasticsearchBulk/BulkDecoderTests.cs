using System.Text;
using System.Text.Json;
using Bongsu.Core.Vectors;
using Bongsu.Ingest;
using Bongsu.Ingest.Decoding;
using Bongsu.Ingest.Protocols;
using Bongsu.Ingest.Protocols.ElasticsearchBulk;
using Bongsu.Store;
using Bongsu.Tests.Ingest.Files;

namespace Bongsu.Tests.Ingest.Protocols.ElasticsearchBulk;

public sealed class BulkDecoderTests
{
    [Theory]
    [InlineData("logs", "logs")]
    [InlineData("logs-app-2026.11.21", "logs-app")]
    [InlineData("logs-app-2026.11", "logs-app")]
    [InlineData("logs_app_2026-11-21", "logs_app")]
    [InlineData("logs-2026.11.21.07", "logs")]
    [InlineData("logs-2026.w47", "logs")]
    [InlineData("logs-000001", "logs")]
    [InlineData("logs-2026.11.21-000001", "logs")]
    [InlineData(".ds-logs-app-default-2026.11.21-000001", "logs-app-default")]
    [InlineData("filebeat-8.19.8", "filebeat-8.19.8")]
    [InlineData("2026.11.21", "2026.11.21")]
    [InlineData("app-v2", "app-v2")]
    [InlineData("로그-2026.11.21", "로그")]
    public void ToTable_Index_LosesOnlyItsRollover(string index, string table) =>
        Assert.Equal(table, IndexNames.ToTable(index));

    [Fact]
    public void Decode_SeveralTables_AreDecodedEachToItsOwn()
    {
        BulkRequest request = Decode("""
            {"index":{"_index":"a-2026.11.20","_type":"doc","_id":1}}
            {"v":1}
            {"create":{}}
            {"v":2}

            { "create" : { "_index" : "a-2026.11.21", "_id" : "x", "routing":["r"] } }
            {"v":3}
            """, "b");
        Assert.Null(request.Error);
        Assert.Equal(["a", "b"], request.Tables.Select(table => table.Name));
        Assert.Equal("_id=1 timestamp=2026-11-21T00:00:00.0000000Z v=1", BatchText.Row(request.Tables[0].Batch, 0));
        Assert.Equal("_id=x timestamp=2026-11-21T00:00:00.0000000Z v=3", BatchText.Row(request.Tables[0].Batch, 1));
        StringVector keys = Assert.IsType<StringVector>(request.Tables[0].RowKeys);
        Assert.Equal(["", "a-2026.11.21/x"], [keys.GetString(0), keys.GetString(1)]);
        Assert.Null(request.Tables[1].RowKeys);
    }

    [Theory]
    [InlineData("{\"index\":{}}\n{}\n", "index is missing")]
    [InlineData("{\"indx\":{\"_index\":\"a\"}}\n{}\n", "[1]: expected one of [create, delete, index, update] but found [indx]")]
    [InlineData("{\"v\":1}\n", "[1]: expected one of")]
    [InlineData("\n[]\n", "[2]: expected an action object")]
    [InlineData("{\"index\":{\"_index\":\"a\"}}\n", "the action on line 1 has no document after it")]
    [InlineData("{\"index\":{\"_index\":\"a\"}\n{}\n", "Malformed action/metadata line [1]")]
    public void Decode_BadActionLine_RefusesTheRequest(string body, string reason)
    {
        BulkRequest request = Decode(body, null);
        Assert.Contains(reason, request.Error!.Reason, StringComparison.Ordinal);
        Assert.Equal(400, request.Error.Status);
        Assert.Empty(request.Tables);
    }

    [Fact]
    public void Decode_TooManyActions_RefusesTheRequest()
    {
        BulkRequest request = BulkDecoder.Decode(
            "{\"index\":{}}\n{}\n{\"delete\":{}}\n{\"index\":{}}\n{}\n"u8,
            "a",
            BatchText.Options with { Limits = new DecodeLimits { MaxBulkItems = 2 } });
        Assert.Equal(413, request.Error!.Status);
        Assert.Empty(request.Tables);
    }

    [Fact]
    public async Task WriteAsync_MixedItems_AnswersEachInOrder()
    {
        await using var database = await Database.OpenAsync(NewStore(), TimeProvider.System, default);
        JsonElement answer = await WriteAsync(database, """
            {"index":{"_index":"test","_id":"1"}}
            {"v":1}
            {"delete":{"_index":"test","_id":"1"}}
            {"update":{"_index":"test","_id":"1"}}
            {"doc":{"v":2}}
            {"index":{"_index":"test"}}
            {"v":
            {"index":{"_index":"../etc"}}
            {"v":3}
            {"create":{"_index":"test","_id":"2"}}
            {"v":4}
            """, 200);
        Assert.True(answer.GetProperty("errors").GetBoolean());
        Assert.Equal(
            ["index 201 1", "delete 400 1", "update 400 1", "index 400 made", "index 400 made", "create 201 2"],
            answer.GetProperty("items").EnumerateArray().Select(Describe));
        Assert.Equal(
            "document_parsing_exception",
            answer.GetProperty("items")[3].GetProperty("index").GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(
            "invalid_index_name_exception",
            answer.GetProperty("items")[4].GetProperty("index").GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(2, database.FindTable("default", "test")!.Statistics().RowCount);
    }

    [Fact]
    public async Task WriteAsync_CreateTwice_IsStoredOnceAndConflicts()
    {
        await using var database = await Database.OpenAsync(NewStore(), TimeProvider.System, default);
        const string Body = "{\"create\":{\"_index\":\"once\",\"_id\":\"k\"}}\n{\"v\":1}\n{\"create\":{\"_index\":\"once\",\"_id\":\"l\"}}\n{\"v\":2}\n";
        JsonElement first = await WriteAsync(database, Body, 200);
        JsonElement second = await WriteAsync(database, Body + "{\"index\":{\"_index\":\"once\",\"_id\":\"k\"}}\n{\"v\":3}\n", 200);
        Assert.Equal(["create 201 k", "create 201 l"], first.GetProperty("items").EnumerateArray().Select(Describe));
        Assert.Equal(["create 409 k", "create 409 l", "index 201 k"], second.GetProperty("items").EnumerateArray().Select(Describe));
        Assert.Equal(3, database.FindTable("default", "once")!.Statistics().RowCount);
    }

    [Fact]
    public void Decode_ElasticsSample_TakesEveryDocument()
    {
        string path = LogFiles.Shared("es-bulk/elasticoffee_200docs.ndjson");
        if (!File.Exists(path))
        {
            return;
        }

        BulkRequest request = BulkDecoder.Decode(File.ReadAllBytes(path), null, BatchText.Options);
        Assert.Null(request.Error);
        BulkTable table = Assert.Single(request.Tables);
        Assert.Equal(("elasticoffee", 200), (table.Name, table.Batch.RowCount));
        Assert.Equal("2018-02-27T22:26:39.0000000Z", BatchText.Cell(table.Batch, "timestamp"));
    }

    [Fact]
    public void Decode_MutatedBodies_NeverThrow()
    {
        byte[] valid = Encoding.UTF8.GetBytes("{\"index\":{\"_index\":\"a\",\"_id\":\"1\"}}\n{\"v\":[1,{\"a\":\"b\"}]}\n{\"delete\":{\"_id\":\"x\"}}\n");
        var random = new Random(5);
        for (int round = 0; round < 5_000; round++)
        {
            byte[] body = [.. valid];
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            BulkRequest request = BulkDecoder.Decode(body.AsSpan(0, random.Next(body.Length + 1)), "b", BatchText.Options);
            Assert.True(request.Error is not null || request.Items.Count(item => item.Error is null) == request.Tables.Sum(table => table.Batch.RowCount));
        }
    }

    [Fact]
    public async Task DecodeDocument_OneDocument_IsAnsweredAlone()
    {
        await using var database = await Database.OpenAsync(NewStore(), TimeProvider.System, default);
        var gateway = new IngestGateway(database, TimeProvider.System);
        BulkRequest request = BulkDecoder.DecodeDocument("{\n \"v\": 1\n}"u8, "one", "7", isCreate: true, gateway.OptionsFor("default"));
        ProtocolReply reply = await BulkWriter.WriteAsync(gateway, "default", request, "", isDocument: true, default);
        Assert.Equal(201, reply.Status);
        JsonElement answer = JsonDocument.Parse(reply.Body).RootElement;
        Assert.Equal(("one", "7", "created"), (Text(answer, "_index"), Text(answer, "_id"), Text(answer, "result")));
    }

    internal static StoreOptions NewStore() => new() { DataDirectory = Directory.CreateTempSubdirectory("bongsu-ingest-").FullName };

    private static BulkRequest Decode(string body, string? index) =>
        BulkDecoder.Decode(Encoding.UTF8.GetBytes(body), index, BatchText.Options);

    private static async Task<JsonElement> WriteAsync(Database database, string body, int status)
    {
        var gateway = new IngestGateway(database, TimeProvider.System);
        BulkRequest request = BulkDecoder.Decode(Encoding.UTF8.GetBytes(body), null, gateway.OptionsFor("default"));
        ProtocolReply reply = await BulkWriter.WriteAsync(gateway, "default", request, "", isDocument: false, default);
        Assert.Equal(status, reply.Status);
        return JsonDocument.Parse(reply.Body).RootElement;
    }

    private static string Describe(JsonElement item)
    {
        JsonProperty action = item.EnumerateObject().Single();
        string id = Text(action.Value, "_id");
        return $"{action.Name} {action.Value.GetProperty("status").GetInt32()} {(id.Length == 20 ? "made" : id)}";
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
