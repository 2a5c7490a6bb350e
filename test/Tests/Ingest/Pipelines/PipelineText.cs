using System.Text;
using Bongsu.Core.Batches;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Ingest;
using Bongsu.Ingest.Decoding;
using Bongsu.Ingest.Pipelines;
using Bongsu.Ingest.Pipelines.Configuration;
using Bongsu.Ingest.Protocols.Ndjson;

namespace Bongsu.Tests.Ingest.Pipelines;

/// <summary>Runs pipelines written as YAML over rows written as JSON.</summary>
internal static class PipelineText
{
    public static PipelineSet Load(string yaml)
    {
        var errors = new List<PipelineError>();
        Pipeline? pipeline = PipelineLoader.Parse("logs.yaml", yaml, errors, Path.GetTempPath());
        Assert.True(errors.Count == 0, string.Join('\n', errors));
        return new PipelineSet([pipeline!]);
    }

    public static List<string> Errors(string yaml)
    {
        var errors = new List<PipelineError>();
        PipelineLoader.Parse("logs.yaml", yaml, errors, Path.GetTempPath());
        return errors.ConvertAll(error => error.ToString());
    }

    public static Batch Decode(params string[] rows)
    {
        var options = new DecodeOptions { ReceivedTicks = new DateTime(2026, 11, 21, 0, 0, 0, DateTimeKind.Utc).Ticks };
        DecodedBatch decoded = NdjsonDecoder.Decode(Encoding.UTF8.GetBytes(string.Join('\n', rows)), options);
        Assert.Equal(rows.Length, decoded.Batch.RowCount);
        return decoded.Batch;
    }

    public static PipelineResult Run(string yaml, params string[] rows) => Load(yaml).Apply("logs", Decode(rows));

    public static string Cell(this PipelineResult result, string column, int row = 0) =>
        result.Batch.Find(column) is { } vector ? ScalarText.Format(vector.GetScalar(row)) : "";

    /// <summary>Every byte a batch holds, names of columns too.</summary>
    public static byte[] Bytes(Batch batch)
    {
        using var all = new MemoryStream();
        for (int column = 0; column < batch.Schema.Count; column++)
        {
            all.Write(Encoding.UTF8.GetBytes(batch.Schema[column].Name));
            switch (batch[column])
            {
                case StringVector strings:
                    all.Write(strings.Values.Bytes);
                    break;
                case DynamicVector dynamics:
                    all.Write(dynamics.Values.Bytes);
                    break;
                case FixedVector<long> longs when batch.Schema[column].Type == ScalarType.Long:
                    all.Write(Encoding.ASCII.GetBytes(string.Join(' ', longs.Values.ToArray())));
                    break;
                default:
                    break;
            }

            all.WriteByte((byte)'\n');
        }

        return all.ToArray();
    }
}
