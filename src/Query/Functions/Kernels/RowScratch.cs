using System.Text;
using Bongsu.Core.Dynamic;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>Working memory of one evaluation. Not thread-safe; what it lends is valid until the same member is asked
/// again.</summary>
internal sealed class RowScratch
{
    private DynamicWriter? _writer;
    private char[] _chars = [];
    private char[] _otherChars = [];
    private byte[] _bytes = [];

    public RowScratch(EvaluationContext context)
    {
        Context = context;
    }

    /// <summary>What the whole query shares.</summary>
    public EvaluationContext Context { get; }

    /// <summary>A writer for dynamic results; empty.</summary>
    public DynamicWriter Writer
    {
        get
        {
            _writer ??= new DynamicWriter();
            _writer.Clear();
            return _writer;
        }
    }

    /// <summary>A text as UTF-16; invalid bytes become U+FFFD.</summary>
    public ReadOnlySpan<char> Chars(ReadOnlySpan<byte> utf8) => Decode(utf8, ref _chars);

    /// <summary>A second text as UTF-16.</summary>
    public ReadOnlySpan<char> OtherChars(ReadOnlySpan<byte> utf8) => Decode(utf8, ref _otherChars);

    /// <summary>At least so many bytes.</summary>
    public Span<byte> Bytes(int sizeBytes)
    {
        if (_bytes.Length < sizeBytes)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(Math.Max(sizeBytes, 2 * _bytes.Length));
        }

        return _bytes;
    }

    private static ReadOnlySpan<char> Decode(ReadOnlySpan<byte> utf8, ref char[] chars)
    {
        if (chars.Length < utf8.Length)
        {
            chars = GC.AllocateUninitializedArray<char>(Math.Max(utf8.Length, 2 * chars.Length));
        }

        return chars.AsSpan(0, Encoding.UTF8.GetChars(utf8, chars));
    }
}
