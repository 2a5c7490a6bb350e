using BenchmarkDotNet.Attributes;

namespace Bongsu.Micro;

/// <summary>A body of NDJSON into columns.</summary>
[MemoryDiagnoser]
public class NdjsonBenchmarks
{
    private const int Rows = 8192;
    private byte[] _body = [];

    /// <summary>Makes a body of about 3 MiB.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _body = SampleRows.Lines(0, Rows);
        if (Decode() != Rows)
        {
            throw new InvalidOperationException("rows were refused");
        }
    }

    /// <summary>Decodes 8192 rows.</summary>
    [Benchmark]
    public int Decode() => SampleRows.Decode(_body).RowCount;
}
