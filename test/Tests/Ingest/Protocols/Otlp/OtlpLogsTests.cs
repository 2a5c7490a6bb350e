using System.Text;
using System.Text.Json;
using Bongsu.Ingest;
using Bongsu.Ingest.Decoding;
using Bongsu.Ingest.Protocols;
using Bongsu.Ingest.Protocols.Otlp;
using Bongsu.Store;
using Bongsu.Tests.Ingest.Files;
using Bongsu.Tests.Ingest.Protocols.ElasticsearchBulk;

namespace Bongsu.Tests.Ingest.Protocols.Otlp;

public sealed class OtlpLogsTests
{
    private const string Full = """
        {"resourceLogs":[{
          "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"pay"}},{"key":"host.name","value":{"stringValue":"h1"}},
                                    {"key":"k8s","value":{"kvlistValue":{"values":[{"key":"pod","value":{"stringValue":"p-1"}}]}}}]},
          "scopeLogs":[{"scope":{"name":"lib","version":"1.2"},"logRecords":[
            {"timeUnixNano":"1795136523123456789","severityNumber":17,"severityText":"Error","body":{"stringValue":"boom 결제"},
             "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","flags":1,"eventName":"e1","unknown":{"x":[1]},
             "attributes":[{"key":"n","value":{"intValue":"10"}},{"key":"d","value":{"doubleValue":"NaN"}},{"key":"b","value":{"boolValue":true}},
                           {"key":"a","value":{"arrayValue":{"values":[{"stringValue":"x"},{"intValue":2},{}]}}},
                           {"key":"raw","value":{"bytesValue":"AQI="}},{"key":"none","value":{}},{"key":"message","value":{"stringValue":"other"}}]},
            {"observedTimeUnixNano":1795136524000000000,"severityNumber":9,"severityText":"Information",
             "body":{"kvlistValue":{"values":[{"key":"msg","value":{"stringValue":"inner"}},{"key":"x","value":{"intValue":"1"}}]}}},
            {"severityText":"WARNING","traceId":"00000000000000000000000000000000","body":{"arrayValue":{"values":[{"intValue":"1"}]}}}
          ]}]}]}
        """;

    [Fact]
    public void Decode_Json_FollowsTheConvention()
    {
        DecodedBatch decoded = Decode(Encoding.UTF8.GetBytes(Full), isJson: true);
        const string Shared = " k8s.pod=p-1 level=";
        Assert.Equal(
            "a=[\"x\",2,null] b=true d=NaN event.name=e1 host=h1" + Shared + "error message=boom 결제 message_text=other n=10 raw=AQI= " +
            "scope.name=lib scope.version=1.2 service=pay span_id=eee19b7ec3c1b174 timestamp=2026-11-20T01:02:03.1234567Z " +
            "timestamp_remainder_ns=89 trace_flags=1 trace_id=5b8efff798038103d269b633813fc60c",
            BatchText.Row(decoded.Batch, 0));
        Assert.Equal(
            "body.x=1 host=h1" + Shared + "info level_text=Information message=inner scope.name=lib scope.version=1.2 service=pay " +
            "timestamp=2026-11-20T01:02:04.0000000Z",
            BatchText.Row(decoded.Batch, 1));
        Assert.Equal(
            "host=h1" + Shared + "warn level_text=WARNING message=[1] scope.name=lib scope.version=1.2 service=pay " +
            "timestamp=2026-11-21T00:00:00.0000000Z",
            BatchText.Row(decoded.Batch, 2));
    }

    [Fact]
    public void Decode_SharedExample_IsTheSameInBothEncodings()
    {
        string path = LogFiles.Shared("otlp-examples/logs.json");
        if (!File.Exists(path))
        {
            return;
        }

        byte[] json = File.ReadAllBytes(path);
        DecodedBatch fromJson = Decode(json, isJson: true);
        DecodedBatch fromProtobuf = Decode(ToProtobuf(json), isJson: false);
        Assert.Equal(BatchText.Whole(fromJson.Batch), BatchText.Whole(fromProtobuf.Batch));
        Assert.Equal(
            "array.attribute=[\"many\",\"values\"] boolean.attribute=true double.attribute=637.704 int.attribute=10 level=info " +
            "level_text=Information map.attribute.some.map.key=some value message=Example log record " +
            "my.scope.attribute=some scope attribute scope.name=my.library scope.version=1.0.0 service=my.service " +
            "span_id=eee19b7ec3c1b174 string.attribute=some string timestamp=2018-12-13T14:51:00.3000000Z " +
            "trace_id=5b8efff798038103d269b633813fc60c",
            BatchText.Row(fromProtobuf.Batch, 0));
    }

    [Theory]
    [InlineData("{", "not JSON at line 1")]
    [InlineData("{} {}", "not JSON at line 1, byte 4")]
    [InlineData("[]", "$: expected an object, met Array")]
    [InlineData("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"traceId\":\"xyz\"}]}]}]}",
        "$.resourceLogs.scopeLogs.logRecords.traceId: expected hex, met String")]
    [InlineData("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"soon\"}]}]}]}", "timeUnixNano: expected fixed64")]
    public void Decode_BadJson_IsRefusedWithItsPlace(string json, string expected)
    {
        Assert.Null(OtlpLogs.Decode(Encoding.UTF8.GetBytes(json), isJson: true, BatchText.Options, out string? error));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_ResourceBehindItsLogs_StillCounts()
    {
        var record = new ProtobufWriter();
        record.WriteFixed64(1, 1795136523000000000);
        var resourceLogs = new ProtobufWriter();
        int scopeLogs = resourceLogs.Begin(2);
        resourceLogs.WriteBytes(2, record.Written);
        resourceLogs.End(scopeLogs);
        int resource = resourceLogs.Begin(1);
        int keyValue = resourceLogs.Begin(1);
        int value = resourceLogs.Begin(2);
        resourceLogs.WriteBytes(1, "late"u8);
        resourceLogs.End(value);
        resourceLogs.WriteBytes(1, "service.name"u8);
        resourceLogs.End(keyValue);
        resourceLogs.End(resource);
        var request = new ProtobufWriter();
        request.WriteBytes(1, resourceLogs.Written);
        Assert.Equal("service=late timestamp=2026-11-20T01:02:03.0000000Z", BatchText.Row(Decode(request.Written, isJson: false).Batch, 0));
    }

    [Fact]
    public void Decode_MutatedProtobuf_NeverThrows()
    {
        byte[] valid = ToProtobuf(Encoding.UTF8.GetBytes(Full));
        var random = new Random(3);
        for (int round = 0; round < 5_000; round++)
        {
            byte[] body = [.. valid];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            OtlpLogs.Decode(body.AsSpan(0, random.Next(body.Length + 1)), isJson: false, BatchText.Options, out _);
            random.NextBytes(body);
            OtlpLogs.Decode(body, isJson: false, BatchText.Options, out _);
        }
    }

    [Fact]
    public void Decode_MutatedJson_NeverThrows()
    {
        byte[] valid = Encoding.UTF8.GetBytes(Full);
        var random = new Random(4);
        for (int round = 0; round < 2_000; round++)
        {
            byte[] body = [.. valid];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                body[random.Next(body.Length)] = (byte)"{}[]\",:1\\ux\xFF"[random.Next(12)];
            }

            OtlpLogs.Decode(body, isJson: true, BatchText.Options, out _);
        }
    }

    [Fact]
    public void Decode_DeepAttributes_RefuseTheRecordOnly()
    {
        var value = new StringBuilder("{\"intValue\":\"1\"}");
        for (int level = 0; level < 66; level++)
        {
            value.Insert(0, "{\"arrayValue\":{\"values\":[").Append("]}}");
        }

        string json = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"attributes\":[{\"key\":\"a\",\"value\":" + value + "}]}," +
            "{\"body\":{\"stringValue\":\"ok\"}}]}]}]}";
        DecodedBatch decoded = Decode(Encoding.UTF8.GetBytes(json), isJson: true);
        Assert.Equal((1, 1L), (decoded.Accepted, decoded.RejectedCount));
    }

    [Fact]
    public async Task WriteAsync_PartialSuccess_IsToldInBothEncodings()
    {
        await using var database = await Database.OpenAsync(BulkDecoderTests.NewStore(), TimeProvider.System, default);
        var gateway = new IngestGateway(database, TimeProvider.System, limits: new DecodeLimits { MaxRowBytes = 130 });
        DecodedBatch decoded = OtlpLogs.Decode(Encoding.UTF8.GetBytes(Full), isJson: true, gateway.OptionsFor("default"), out _)!;
        Assert.Equal((2, 1L), (decoded.Accepted, decoded.RejectedCount));

        ProtocolReply json = await OtlpLogs.WriteAsync(gateway, "default", decoded, AppendOptions.None, isJson: true, default);
        Assert.Equal(200, json.Status);
        Assert.Equal("1", JsonDocument.Parse(json.Body).RootElement.GetProperty("partialSuccess").GetProperty("rejectedLogRecords").GetString());

        ProtocolReply binary = await OtlpLogs.WriteAsync(gateway, "default", decoded, AppendOptions.None, isJson: false, default);
        Assert.Equal([0x0A, 0x08, 0x01, 0x12], [binary.Body.Span[0], binary.Body.Span[2], binary.Body.Span[3], binary.Body.Span[4]]);
        Assert.Equal(4, database.FindTable("default", "logs")!.Statistics().RowCount);
    }

    private static DecodedBatch Decode(ReadOnlySpan<byte> body, bool isJson)
    {
        DecodedBatch? decoded = OtlpLogs.Decode(body, isJson, BatchText.Options, out string? error);
        Assert.Null(error);
        return decoded!;
    }

    private static byte[] ToProtobuf(byte[] json)
    {
        var writer = new ProtobufWriter();
        Assert.True(OtlpJson.TryWriteLogs(json, writer, out _));
        return writer.Written.ToArray();
    }
}
