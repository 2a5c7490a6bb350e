using BenchmarkDotNet.Attributes;
using Bongsu.Core.Kernels;

namespace Bongsu.Micro;

/// <summary>Search in the text of one block, case ignored, for a word that is not there.</summary>
[MemoryDiagnoser]
public class SearchBenchmarks
{
    private byte[] _text = [];

    /// <summary>Makes the text.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _text = SampleRows.Lines(SampleRows.BlockRows);
        if (IgnoreCase() >= 0)
        {
            throw new InvalidOperationException("the word is there");
        }
    }

    /// <summary>Searches about 26 MB.</summary>
    [Benchmark]
    public int IgnoreCase() => AsciiIgnoreCaseSearch.IndexOf(_text, "needle7f3a9d"u8);
}
