using BenchmarkDotNet.Attributes;
using Bongsu.Core.Kernels;

namespace Bongsu.Micro;

/// <summary>Search in text, case ignored, for a word that is not there.</summary>
[MemoryDiagnoser]
public class SearchBenchmarks
{
    private const int Rows = 2048;
    private byte[] _text = [];

    /// <summary>Makes the text.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _text = SampleRows.Lines(0, Rows);
        if (IgnoreCase() >= 0)
        {
            throw new InvalidOperationException("the word is there");
        }
    }

    /// <summary>Searches about 800 kB.</summary>
    [Benchmark]
    public int IgnoreCase() => AsciiIgnoreCaseSearch.IndexOf(_text, "needle7f3a9d"u8);
}
