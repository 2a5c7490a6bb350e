using System.Text;
using Bongsu.Core.Templates;
using Bongsu.Core.Vectors;
using Bongsu.Ingest.Decoding;
using Bongsu.Ingest.Protocols.ElasticsearchBulk;
using Bongsu.Ingest.Protocols.Ndjson;

namespace Bongsu.Tests.Ingest.Protocols.ElasticsearchBulk;

/// <summary>A bulk body gives the same request however it is cut into pieces.</summary>
public sealed class BulkPiecesTests
{
    [Fact]
    public void Decode_InPieces_AsAWhole()
    {
        var miner = new TemplateMiner();
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            byte[] body = Body(random, seed);
            DecodeOptions options = BatchText.Options with
            {
                Limits = new DecodeLimits
                {
                    MaxRowBytes = seed % 3 == 0 ? random.Next(30, 400) : 1 << 20,
                    MaxBulkItems = seed % 7 == 0 ? 40 : 100_000,
                    MaxTables = seed % 5 == 0 ? 2 : 100,
                },
            };
            BulkRequest whole = BulkDecoder.Decode(body, "none", options);
            BulkRequest pieces = InPieces(body, random, options with
            {
                Decoders = new JsonRowDecoderPool(),
                Crew = new DecodeCrew(2),
                FindSplit = seed % 2 == 0 ? _ => messages => new StringVector(miner.Split(messages)) : null,
            });
            AssertEqual(whole, pieces, $"seed {seed}");
        }
    }

    [Fact]
    public void Decode_DocumentsOfOneIndex_AsNdjson()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            byte[] documents = RandomJson.Lines(random, mutates: seed % 2 == 0);
            DecodedBatch rows = NdjsonDecoder.Decode(documents, BatchText.Options);
            string[] lines = [.. Encoding.Latin1.GetString(documents).Split('\n').Where(line => line.Trim(' ', '\t', '\r').Length > 0)];
            byte[] body = Encoding.Latin1.GetBytes(string.Concat(lines.Select(line => "{\"index\":{}}\n" + line + "\n")));
            BulkRequest request = InPieces(body, random, BatchText.Options);
            Assert.Null(request.Error);
            Assert.Equal(rows.RejectedCount, request.RejectedCount);
            Assert.Equal(lines.Length, request.Items.Count);
            Assert.True(BatchText.Whole(rows.Batch) == BatchText.Whole(request.Tables.Single().Batch), $"seed {seed}");
        }
    }

    [Fact]
    public void Decode_LongLines_AreRefusedWithoutBeingHeld()
    {
        DecodeOptions options = BatchText.Options with { Limits = new DecodeLimits { MaxRowBytes = 100 } };
        using var decoder = new BulkDecoder(options, "a");
        decoder.Add("{\"index\":{}}\n{\"v\":1}\n{\"index\":{}}\n{\"v\":\""u8);
        for (int piece = 0; piece < 1_000; piece++)
        {
            decoder.Add(new byte[10_000]);
        }

        decoder.Add("\"}\n{\"index\":{}}\n{\"v\":2}\n"u8);
        BulkRequest request = decoder.Finish();
        Assert.Equal(2, request.Tables.Single().Batch.RowCount);
        Assert.Equal("document of 10000008 bytes: the limit is 100", request.Items[1].Error!.Reason);

        using var actions = new BulkDecoder(options, "a");
        actions.Add("{\"index\":{}}\n{\"v\":1}\n{\"index\":"u8);
        actions.Add(new byte[1_000]);
        actions.Add("\n{\"v\":2}\n"u8);
        Assert.Equal("Malformed action/metadata line [3]: 1009 bytes: the limit is 100", actions.Finish().Error!.Reason);
    }

    private static BulkRequest InPieces(byte[] body, Random random, DecodeOptions options)
    {
        int most = random.Next(3) == 0 ? 4 : 1_500;
        using var decoder = new BulkDecoder(options, "none");
        for (int start = 0; start < body.Length;)
        {
            int end = Math.Min(body.Length, start + random.Next(1, most));
            decoder.Add(body.AsSpan(start..end));
            start = end;
        }

        return decoder.Finish();
    }

    private static void AssertEqual(BulkRequest expected, BulkRequest actual, string seed)
    {
        Assert.True(expected.Error == actual.Error, $"{seed}: {expected.Error} but {actual.Error}");
        Assert.Equal(expected.Items, actual.Items);
        Assert.Equal(expected.RejectedCount, actual.RejectedCount);
        Assert.Equal((expected.Repairs.Transcoded, expected.Repairs.Repaired), (actual.Repairs.Transcoded, actual.Repairs.Repaired));
        Assert.Equal(expected.Ids.Count, actual.Ids.Count);
        for (int item = 0; item < expected.Ids.Count; item++)
        {
            Assert.True(expected.Ids[item].SequenceEqual(actual.Ids[item]), seed);
        }

        Assert.Equal(expected.Tables.Select(table => table.Name), actual.Tables.Select(table => table.Name));
        foreach ((BulkTable left, BulkTable right) in expected.Tables.Zip(actual.Tables))
        {
            Assert.True(BatchText.Whole(left.Batch) == BatchText.Whole(right.Batch), seed);
            Assert.Equal(Keys(left), Keys(right));
        }
    }

    private static string[] Keys(BulkTable table) =>
        table.RowKeys is { } keys ? [.. Enumerable.Range(0, keys.Length).Select(row => Encoding.UTF8.GetString(keys[row]))] : [];

    // Actions of every kind, several indices, ids, blank lines, lines past limits, CP949, now and then a broken action.
    private static byte[] Body(Random random, int seed)
    {
        var body = new List<byte>();
        string[] documents = Encoding.UTF8.GetString(RandomJson.Lines(random, mutates: seed % 4 == 1)).Split('\n');
        foreach (string document in documents)
        {
            string id = random.Next(3) == 0 ? $",\"_id\":\"{random.Next(5)}\"" : "";
            string index = random.Next(4) == 0 ? "" : $"\"_index\":\"logs{random.Next(4)}-2026.11.2{random.Next(3)}\"";
            string action = random.Next(10) switch { 0 => "update", 1 => "delete", < 5 => "create", _ => "index" };
            string meta = (index + id).TrimStart(',');
            body.AddRange(Encoding.UTF8.GetBytes($"{{\"{action}\":{{{meta}}}}}{(random.Next(9) == 0 ? "\r\n" : "\n")}"));
            if (action != "delete")
            {
                body.AddRange(random.Next(20) switch
                {
                    0 => [.. "{\"m\":\""u8, 0xB0, 0xE1, 0xC1, 0xA6, .. "\"}"u8],
                    1 => [.. "{\"long\":\""u8, .. Enumerable.Repeat((byte)'x', random.Next(700)), .. "\"}"u8],
                    _ => Encoding.UTF8.GetBytes(document),
                });
                body.Add((byte)'\n');
            }

            if (random.Next(300) == 0)
            {
                body.AddRange("{\"index\":\n"u8);
            }

            if (random.Next(30) == 0)
            {
                body.AddRange(" \r\n\n"u8);
            }
        }

        return [.. body[..(seed % 6 == 0 ? random.Next(body.Count) : body.Count)]];
    }
}
