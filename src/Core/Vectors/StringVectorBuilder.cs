using System.Text;
using Bongsu.Core.Types;

namespace Bongsu.Core.Vectors;

/// <summary>Builds a plain <see cref="StringVector"/>.</summary>
public sealed class StringVectorBuilder : VectorBuilder
{
    private Utf8Buffer _buffer = new();

    /// <summary>An empty builder.</summary>
    public StringVectorBuilder()
        : base(ScalarType.String)
    {
    }

    /// <inheritdoc/>
    public override int Count => _buffer.Count;

    /// <inheritdoc/>
    public override long SizeBytes => _buffer.SizeBytes;

    /// <summary>Adds valid UTF-8.</summary>
    public void Append(ReadOnlySpan<byte> utf8) => _buffer.Append(utf8);

    /// <summary>Adds text.</summary>
    public void Append(string text)
    {
        Span<byte> room = _buffer.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _buffer.Commit(Encoding.UTF8.GetBytes(text, room));
    }

    /// <summary>Room of at least <paramref name="maxBytes"/> for the next value; write into it, then call
    /// <see cref="Commit"/>.</summary>
    public Span<byte> Reserve(int maxBytes) => _buffer.Reserve(maxBytes);

    /// <summary>Ends the value begun by <see cref="Reserve"/>.</summary>
    public void Commit(int lengthBytes) => _buffer.Commit(lengthBytes);

    /// <inheritdoc/>
    public override void AppendNull() => _buffer.Append(default);

    /// <inheritdoc/>
    public override void AppendScalar(Scalar value) => Append(value.AsString);

    /// <inheritdoc/>
    public override void AppendRows(Vector source, ReadOnlySpan<int> rows)
    {
        var strings = (StringVector)source;
        foreach (int row in rows)
        {
            _buffer.Append(strings[row]);
        }
    }

    /// <inheritdoc/>
    public override void AppendRange(Vector source, int start, int count)
    {
        var strings = (StringVector)source;
        for (int row = start; row < start + count; row++)
        {
            _buffer.Append(strings[row]);
        }
    }

    /// <inheritdoc/>
    public override Vector Build() => new StringVector(_buffer.Build());
}
