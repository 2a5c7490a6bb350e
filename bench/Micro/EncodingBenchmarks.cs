using BenchmarkDotNet.Attributes;
using Bongsu.Core.Batches;
using Bongsu.Core.Encodings;
using Bongsu.Core.Vectors;

namespace Bongsu.Micro;

/// <summary>One block of one column into bytes and back; each column takes another encoding.</summary>
[MemoryDiagnoser]
public class EncodingBenchmarks
{
    private readonly ByteWriter _writer = new();
    private Vector _values = null!;
    private byte[] _encoded = [];

    /// <summary>A column of the log benchmark.</summary>
    [Params("timestamp", "service", "level", "message", "status", "duration_ms", "path", "trace_id", "user_id", "client_ip")]
    public string Column { get; set; } = "";

    /// <summary>Makes the column and checks that it comes back.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Batch batch = SampleRows.Decode(SampleRows.Lines(0, SampleRows.BlockRows));
        _values = batch[batch.Schema.IndexOf(Column)];
        VectorEncoder.Encode(_values, EncodingEffort.Part, _writer);
        _encoded = _writer.Written.ToArray();
        Vector decoded = Decode();
        for (int row = 0; row < _values.Length; row += 97)
        {
            if (!decoded.GetScalar(row).Equals(_values.GetScalar(row)))
            {
                throw new InvalidOperationException($"{Column}, row {row}: {decoded.GetScalar(row)}, expected {_values.GetScalar(row)}");
            }
        }
    }

    /// <summary>Encodes 65,536 rows.</summary>
    [Benchmark]
    public int Encode()
    {
        _writer.Clear();
        VectorEncoder.Encode(_values, EncodingEffort.Part, _writer);
        return _writer.Length;
    }

    /// <summary>Decodes them.</summary>
    [Benchmark]
    public Vector Decode() => VectorDecoder.Decode(_encoded, _values.Type, _values.Length);
}
