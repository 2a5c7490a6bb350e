using System.Text;
using Bongsu.Core.Templates;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Ingest.Decoding;
using Bongsu.Ingest.Protocols.Ndjson;

namespace Bongsu.Tests.Ingest.Protocols.Ndjson;

public sealed class NdjsonDecoderTests
{
    private const string Received = "2026-11-21T00:00:00.0000000Z";

    [Theory]
    [InlineData("""{"@timestamp":"2026-11-20T01:02:03.001Z","log.level":"ERROR","msg":"boom","service.name":"pay"}""",
        "level=error message=boom service=pay timestamp=2026-11-20T01:02:03.0010000Z")]
    [InlineData("""{"ts":1795136523.5,"lvl":"WARNING","host":{"name":"a-1"},"x":{"y":{"z":1}}}""",
        "host=a-1 level=warn level_text=WARNING timestamp=2026-11-20T01:02:03.5000000Z x.y.z=1")]
    [InlineData("""{"time":"soon","level":30,"traceId":"ab","spanId":7}""",
        "level=info level_text=30 span_id=7 time=soon timestamp=" + Received + " trace_id=ab")]
    [InlineData("""{"timestamp":"soon"}""", "timestamp=" + Received + " timestamp_text=soon")]
    [InlineData("""{"time":"2026-11-20T00:00:00Z","timestamp":"2026-11-20T01:00:00.000000012Z"}""",
        "time=2026-11-20T00:00:00Z timestamp=2026-11-20T01:00:00.0000000Z timestamp_remainder_ns=12")]
    [InlineData("""{"msg":"weak","message":"strong","severity":"info","level":"DEBUG"}""",
        "level=debug message=strong msg=weak severity=info timestamp=" + Received)]
    [InlineData("""{"a":1,"a":2,"b":null,"c":[1,{"d":[]}],"e":{},"f":true,"g":1.50,"h":"\u00e9\ud83d\ude00\ud83d"}""",
        "a=2 c=[1,{\"d\":[]}] f=true g=1.5 h=é😀\uFFFD timestamp=" + Received)]
    [InlineData("""{"n":12345678901234567890,"m":-9223372036854775808,"o":1e3,"p":-0.0}""",
        "m=-9223372036854775808 n=12345678901234567890 o=1000 p=-0 timestamp=" + Received)]
    [InlineData("""{"path":"/search?q=%EA%B2%B0%EC%A0%9C+ok","url":"/a%20b","query":"q=%B0%E1%C1%A6","request":"/100%"}""",
        "path=/search?q=%EA%B2%B0%EC%A0%9C+ok path_decoded=/search?q=결제 ok query=q=%B0%E1%C1%A6 query_decoded=q=결제 " +
        "request=/100% timestamp=" + Received + " url=/a%20b url_decoded=/a b")]
    [InlineData("""{"":1,"a\u0000b":2,"$ingestion_time":3}""", "_=1 _ingestion_time=3 a_b=2 timestamp=" + Received)]
    [InlineData("""{"message":"50%25","log":"GET /?q=%EA%B2%B0"}""", "log=GET /?q=%EA%B2%B0 message=50%25 message_decoded=GET /?q=결 timestamp=" + Received)]
    [InlineData("""{"message":["a",1],"level":{"x":1},"service":5}""", "level.x=1 message=[\"a\",1] service=5 timestamp=" + Received)]
    public void Decode_OneRow_FollowsTheConvention(string line, string expected)
    {
        DecodedBatch decoded = NdjsonDecoder.Decode(Encoding.UTF8.GetBytes(line), BatchText.Options);
        Assert.Empty(decoded.Rejects);
        Assert.Equal(expected, BatchText.Row(decoded.Batch, 0));
    }

    [Theory]
    [InlineData("[1]", "expected an object at byte 2, met '1'")]
    [InlineData("\"text\"", "expected an object at byte 1, met '\"'")]
    [InlineData("{\"a\":1", "expected ',' or '}' at byte 7, met the end of the row")]
    [InlineData("{\"a\":1}}", "expected the end of the row at byte 8, met '}'")]
    [InlineData("{\"a\":01}", "expected no digit after a leading zero at byte 7, met '1'")]
    [InlineData("{\"a\":1.}", "expected a digit after the point at byte 8, met '}'")]
    [InlineData("{\"a\":tru}", "expected a value at byte 6, met 't'")]
    [InlineData("{\"a\":\"x\ty\"}", "expected the closing quote of a string at byte 8, met byte 0x09")]
    [InlineData("{\"a\":\"\\x\"}", "wrong escape in the string at byte 6")]
    [InlineData("{a:1}", "expected a key in quotes at byte 2, met 'a'")]
    [InlineData("{\"a\" 1}", "expected ':' at byte 6, met '1'")]
    [InlineData("{\"a\":1,}", "expected a key in quotes at byte 8, met '}'")]
    [InlineData("{\"a\":[1 2]}", "expected ',' or ']' at byte 9, met '2'")]
    public void Decode_BadLine_IsRefusedAloneWithItsReason(string line, string error)
    {
        string body = line.StartsWith('[') ? line : "{\"ok\":1}\r\n\r\n" + line + "\n{\"ok\":2}\n";
        DecodedBatch decoded = NdjsonDecoder.Decode(Encoding.UTF8.GetBytes(body), BatchText.Options);
        Assert.Equal(new RowReject(line.StartsWith('[') ? 1 : 3, error), Assert.Single(decoded.Rejects));
        Assert.Equal(1, decoded.RejectedCount);
        Assert.Equal(line.StartsWith('[') ? 0 : 2, decoded.Accepted);
    }

    [Fact]
    public void Decode_BadRow_LeavesNoColumnBehind()
    {
        DecodedBatch decoded = NdjsonDecoder.Decode("{\"a\":1}\n{\"b\":{\"c\":\"x\"},\"d\":nul}\n{\"a\":2}"u8, BatchText.Options);
        Assert.Equal("(timestamp:datetime, a:long)", decoded.Batch.Schema.ToString());
    }

    [Fact]
    public void Decode_ArrayOfObjects_IsAsLines()
    {
        DecodedBatch decoded = NdjsonDecoder.Decode(
            "\uFEFF [ {\"a\":\"}\\\"\"},\n 7,\n{\"a\" : \"2\"} ]\n"u8, BatchText.Options);
        Assert.Equal(2, decoded.Accepted);
        Assert.Equal("}\"", BatchText.Cell(decoded.Batch, "a"));
        Assert.Equal(2, Assert.Single(decoded.Rejects).Line);
        Assert.Equal(0, NdjsonDecoder.Decode("[]"u8, BatchText.Options).RejectedCount);
        Assert.Equal(1, NdjsonDecoder.Decode("[{\"a\":1},{\"b\""u8, BatchText.Options).RejectedCount);
    }

    [Theory]
    [InlineData("1", "2.5", ScalarType.Real)]
    [InlineData("2.5", "1", ScalarType.Real)]
    [InlineData("9007199254740993", "2.5", ScalarType.Dynamic)]
    [InlineData("1", "true", ScalarType.Dynamic)]
    [InlineData("true", "false", ScalarType.Bool)]
    [InlineData("\"x\"", "1", ScalarType.Dynamic)]
    [InlineData("1", "\"x\"", ScalarType.Dynamic)]
    [InlineData("[1]", "1", ScalarType.Dynamic)]
    [InlineData("null", "1", ScalarType.Long)]
    public void Decode_TypesDisagree_WidensAndKeepsEveryValue(string first, string second, ScalarType expected)
    {
        string body = $"{{\"v\":{first}}}\n{{}}\n{{\"v\":{second}}}";
        DecodedBatch decoded = NdjsonDecoder.Decode(Encoding.UTF8.GetBytes(body), BatchText.Options);
        Assert.Equal(expected, decoded.Batch.Find("v")!.Type);
        Assert.Equal(first == "null" ? "" : first.Trim('"'), BatchText.Cell(decoded.Batch, "v", 0));
        Assert.Equal("", BatchText.Cell(decoded.Batch, "v", 1));
        Assert.Equal(second.Trim('"'), BatchText.Cell(decoded.Batch, "v", 2));
    }

    [Fact]
    public void Decode_Limits_RefuseTheRowOnly()
    {
        DecodeOptions options = BatchText.Options with
        {
            Limits = new DecodeLimits { MaxColumns = 3, MaxDepth = 3, MaxRowBytes = 100, MaxNameBytes = 10 },
            FindSchema = null,
        };
        string body = string.Join('\n',
            "{\"a\":1}",
            "{\"b\":1,\"c\":1,\"d\":1}",
            "{\"b\":1,\"a\":2}",
            "{\"a\":[[[1]]]}",
            "{\"a\":{\"a\":{\"a\":{}}}}",
            "{\"a\":\"" + new string('x', 100) + "\"}",
            "{\"" + new string('n', 11) + "\":1}",
            "{\"a\":3}");
        DecodedBatch decoded = NdjsonDecoder.Decode(Encoding.UTF8.GetBytes(body), options);
        Assert.Equal(["1", "2", "3"], Enumerable.Range(0, decoded.Accepted).Select(row => BatchText.Cell(decoded.Batch, "a", row)));
        Assert.Equal([2L, 4, 5, 6, 7], decoded.Rejects.Select(reject => reject.Line));
        Assert.Contains("the limit is 3", decoded.Rejects[0].Error, StringComparison.Ordinal);
        Assert.Contains("too deep", decoded.Rejects[1].Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_TableColumnLimit_CountsTheTable()
    {
        DecodeOptions options = BatchText.Options with { Limits = new DecodeLimits { MaxTableColumns = 3 } };
        var schema = new Schema([new Column("timestamp", ScalarType.DateTime), new Column("a", ScalarType.Long)]);
        DecodedBatch decoded = NdjsonDecoder.Decode("{\"b\":1,\"c\":1}\n{\"b\":1}\n{\"a\":1}"u8, options, schema);
        Assert.Equal(2, decoded.Accepted);
        Assert.Contains("column 4 of the table", Assert.Single(decoded.Rejects).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_ManyBadLines_AreCountedAndTheFirstReported()
    {
        DecodeOptions options = BatchText.Options with { Limits = new DecodeLimits { MaxReportedRejects = 2 } };
        DecodedBatch decoded = NdjsonDecoder.Decode("x\ny\n{\nz\n{\"a\":1}"u8, options);
        Assert.Equal((1, 4L), (decoded.Accepted, decoded.RejectedCount));
        Assert.Equal(["x", "y"], decoded.Rejects.Select(reject => reject.Error[^2..^1]));
    }

    [Fact]
    public void Decode_RowsThatShareNoColumns_AreRefusedPastTheCells()
    {
        DecodeOptions options = BatchText.Options with { Limits = new DecodeLimits { MaxCells = 1_000 } };
        string body = string.Join('\n', Enumerable.Range(0, 100).Select(row => $"{{\"c{row}\":1}}"));
        DecodedBatch decoded = NdjsonDecoder.Decode(Encoding.UTF8.GetBytes(body), options);
        Assert.InRange(decoded.Accepted, 30, 33);
        Assert.Contains("send fewer rows", decoded.Rejects[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_TimeField_WinsOverTheUsualNames()
    {
        DecodeOptions options = BatchText.Options with { TimeField = "when" };
        DecodedBatch decoded = NdjsonDecoder.Decode(
            "{\"timestamp\":\"2026-11-20T00:00:00Z\",\"when\":\"2026-11-19T00:00:00Z\"}"u8, options);
        Assert.Equal("timestamp=2026-11-19T00:00:00.0000000Z timestamp_text=2026-11-20T00:00:00Z", BatchText.Row(decoded.Batch, 0));
    }

    [Fact]
    public void Decode_NotUtf8_IsCp949OrRepairedByLine()
    {
        byte[] body = [.. "{\"m\":\"ok\"}\n{\"m\":\""u8, 0xB0, 0xE1, 0xC1, 0xA6, .. "\"}\n{\"m\":\"caf"u8, 0xE9, .. " x\"}"u8];
        DecodedBatch decoded = NdjsonDecoder.Decode(body, BatchText.Options);
        Assert.Equal(["ok", "결제", "caf\uFFFD x"], Enumerable.Range(0, 3).Select(row => BatchText.Cell(decoded.Batch, "m", row)));
        Assert.Equal((1L, 1L), (decoded.TranscodedCount, decoded.RepairedCount));
    }

    [Fact]
    public void Decode_AnyRows_ShapesAndFullReadAgree()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            byte[] body = RandomJson.Lines(new Random(seed), mutates: seed % 2 == 1);
            DecodedBatch shaped = Decode(body, usesShapes: true);
            DecodedBatch full = Decode(body, usesShapes: false);
            Assert.True(BatchText.Whole(full.Batch) == BatchText.Whole(shaped.Batch), $"seed {seed}");
            Assert.Equal(full.Rejects, shaped.Rejects);
        }
    }

    [Fact]
    public void Decode_RandomBytes_NeverThrows()
    {
        var random = new Random(11);
        for (int round = 0; round < 3_000; round++)
        {
            byte[] noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            byte[] body = round % 3 == 0 ? [.. "{\"a\":"u8, .. noise] : noise;
            NdjsonDecoder.Decode(body, BatchText.Options);
        }
    }

    [Fact]
    public void Decode_AcceptsWhatTheReferenceReaderAccepts()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            byte[] body = RandomJson.Lines(new Random(seed), mutates: true);
            HashSet<long> refused = [.. NdjsonDecoder.Decode(body, BatchText.Options).Rejects.Select(reject => reject.Line)];
            string[] lines = Encoding.UTF8.GetString(body).Split('\n');
            for (int line = 0; line < lines.Length; line++)
            {
                if (lines[line].Trim().Length > 0)
                {
                    Assert.True(refused.Contains(line + 1) != RandomJson.IsObject(lines[line]), $"seed {seed}: {lines[line]}");
                }
            }
        }
    }

    [Fact]
    public void Decode_InPieces_AsAWhole()
    {
        DecodeOptions options = BatchText.Options with { Limits = new DecodeLimits { MaxRowBytes = 300 } };
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            byte[] body = [.. Prefix(seed), .. RandomJson.Lines(random, mutates: seed % 2 == 1)];
            if (seed % 7 == 0)
            {
                body[random.Next(body.Length)] = 0xE9;
            }

            DecodedBatch whole = NdjsonDecoder.Decode(body, options);
            using var reader = new NdjsonReader(options);
            for (int start = 0; start < body.Length;)
            {
                int end = Math.Min(body.Length, start + random.Next(1, seed % 3 == 0 ? 4 : 2_000));
                reader.Add(body.AsSpan(start..end));
                start = end;
            }

            DecodedBatch pieces = reader.Finish();
            Assert.True(BatchText.Whole(whole.Batch) == BatchText.Whole(pieces.Batch), $"seed {seed}");
            Assert.Equal(whole.Rejects, pieces.Rejects);
            Assert.Equal(
                (whole.RejectedCount, whole.TranscodedCount, whole.RepairedCount),
                (pieces.RejectedCount, pieces.TranscodedCount, pieces.RepairedCount));
        }
    }

    [Fact]
    public void Decode_BodyCutAnywhere_RefusesTheLastLineOnly()
    {
        ReadOnlySpan<byte> body = "{\"a\":1,\"b\":{\"c\":\"x\"}}\n{\"a\":2,\"b\":{\"c\":\"y\"}}"u8;
        int second = body.IndexOf((byte)'\n') + 1;
        for (int end = second; end <= body.Length; end++)
        {
            DecodedBatch decoded = NdjsonDecoder.Decode(body[..end], BatchText.Options);
            Assert.Equal(end == body.Length ? 2 : 1, decoded.Accepted);
            Assert.Equal(end == body.Length || end == second ? 0 : 1, decoded.RejectedCount);
        }
    }

    [Fact]
    public async Task Decode_InChunksOfSeveralThreads_AsAWhole()
    {
        int joined = 0;
        int templated = 0;
        var miner = new TemplateMiner();
        StringVector Split(StringVector messages) => new(miner.Split(messages));
        var random = new Random(5);
        for (int seed = 0; seed < 150; seed++)
        {
            byte[] body = ManyRows(random, seed);
            var limits = (seed % 5) switch
            {
                0 => new DecodeLimits { MaxRowBytes = 300 },
                1 => new DecodeLimits { MaxColumns = random.Next(1, 40) },
                2 => new DecodeLimits { MaxCells = random.Next(1, 4_000) },
                3 => new DecodeLimits { MaxReportedRejects = 3 },
                _ => DecodeLimits.Default,
            };
            DecodeOptions alone = BatchText.Options with { Limits = limits };
            DecodeOptions helped = alone with
            {
                Crew = new DecodeCrew(2 + (seed % 3), chunkBytes: random.Next(1, 500)),
                Decoders = new JsonRowDecoderPool(),
                FindSplit = seed % 2 == 0 ? _ => Split : null,
            };
            DecodedBatch whole = NdjsonDecoder.Decode(body, alone);
            using var reader = new NdjsonReader(helped.ForTable("logs"));
            for (int start = 0; start < body.Length;)
            {
                int end = Math.Min(body.Length, start + random.Next(1, seed % 3 == 0 ? 40 : 2_000));
                reader.Add(body.AsSpan(start..end));
                start = end;
            }

            DecodedBatch chunks = await reader.FinishAsync();
            joined += reader.WasJoined ? 1 : 0;
            templated += chunks.Batch.Find("message") is StringVector { Templates: not null } ? 1 : 0;
            Assert.True(BatchText.Whole(whole.Batch) == BatchText.Whole(chunks.Batch), $"seed {seed}");
            Assert.Equal(whole.Batch.Schema.Columns.ToArray(), chunks.Batch.Schema.Columns.ToArray());
            Assert.Equal(whole.Rejects, chunks.Rejects);
            Assert.Equal(
                (whole.RejectedCount, whole.TranscodedCount, whole.RepairedCount),
                (chunks.RejectedCount, chunks.TranscodedCount, chunks.RepairedCount));
        }

        Assert.InRange(joined, 30, 120);
        Assert.InRange(templated, 30, 75);
    }

    [Fact]
    public void Decode_OneRequestAfterTheOther_AsEachAlone()
    {
        DecodeOptions options = BatchText.Options with { Decoders = new JsonRowDecoderPool() };
        for (int seed = 0; seed < 200; seed++)
        {
            // Kinds of rows change now and then: what was learned before must do no harm.
            byte[] body = RandomJson.Lines(new Random(seed / 3), mutates: seed % 3 == 1);
            DecodedBatch alone = NdjsonDecoder.Decode(body, BatchText.Options);
            DecodedBatch after = NdjsonDecoder.Decode(body, options);
            Assert.True(BatchText.Whole(alone.Batch) == BatchText.Whole(after.Batch), $"seed {seed}");
            Assert.Equal(alone.Rejects, after.Rejects);
        }
    }

    // Rows of a few kinds in turn, blank lines, CRLF, bad lines, lines past the limit, CP949, types that change.
    private static byte[] ManyRows(Random random, int seed)
    {
        var body = new List<byte>(Prefix(seed).ToArray());
        for (int piece = random.Next(1, 12); piece > 0; piece--)
        {
            body.AddRange(seed % 4 == 0 ? RandomJson.Lines(new Random(random.Next(1_000)), mutates: seed % 3 == 1) : SteadyRows(random));
            body.AddRange(random.Next(10) switch
            {
                0 => "\r\n\r\n"u8,
                1 => "\n{\"broken\":\n"u8,
                2 => [.. "\n{\"long\":\""u8, .. Enumerable.Repeat((byte)'x', random.Next(700)), .. "\"}\n"u8],
                3 => [.. "\n{\"m\":\""u8, 0xB0, 0xE1, 0xC1, 0xA6, .. "\"}\n"u8],
                4 => "\n{\"n\":9007199254740993}\n{\"n\":0.5}\n"u8,
                5 => "\n{\"n\":7}\n"u8,
                6 => "\n[1]\n"u8,
                _ => "\n"u8,
            });
        }

        return [.. body];
    }

    private static byte[] SteadyRows(Random random)
    {
        var rows = new StringBuilder();
        for (int row = random.Next(1, 30); row > 0; row--)
        {
            string sometimes = random.Next(3) == 0 ? $",\"c\":{(random.Next(2) == 0 ? "true" : "null")}" : "";
            rows.Append($"{{\"time\":{1_795_136_523 + row},\"level\":\"{(row % 3 == 0 ? "WARNING" : "info")}\",\"a\":{random.Next(5)},");
            string message = random.Next(9) == 0 ? "" : $",\"msg\":\"user={random.Next(99)} asks \\\"{row}\\\"\"";
            rows.Append($"\"b\":\"text {random.Next(9)}\"{sometimes}{message},\"d\":{{\"e\":{random.Next(9)}.5}}}}\n");
        }

        return Encoding.UTF8.GetBytes(rows.ToString());
    }

    private static ReadOnlySpan<byte> Prefix(int seed) => (seed % 4) switch
    {
        0 => "\uFEFF\r\n\n"u8,
        1 => "\n \t"u8,
        _ => default,
    };

    private static DecodedBatch Decode(byte[] body, bool usesShapes)
    {
        using var rows = new NdjsonReader(BatchText.Options, null, usesShapes);
        rows.Add(body);
        return rows.Finish();
    }
}
