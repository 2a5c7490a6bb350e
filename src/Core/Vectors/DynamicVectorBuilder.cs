using Bongsu.Core.Types;

namespace Bongsu.Core.Vectors;

/// <summary>Builds a <see cref="DynamicVector"/> of encoded values.</summary>
public sealed class DynamicVectorBuilder : VectorBuilder
{
    private Utf8Buffer _buffer = new();
    private ValidityBuilder _validity;

    /// <summary>An empty builder.</summary>
    public DynamicVectorBuilder()
        : base(ScalarType.Dynamic)
    {
    }

    /// <inheritdoc/>
    public override int Count => _buffer.Count;

    /// <inheritdoc/>
    public override long SizeBytes => _buffer.SizeBytes;

    /// <summary>Adds an encoded value (<see cref="Dynamic.DynamicWriter"/>); no bytes, or the encoded null, mean
    /// null.</summary>
    public void Append(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty || encoded[0] == (byte)Dynamic.DynamicKind.Null)
        {
            AppendNull();
            return;
        }

        _buffer.Append(encoded);
        _validity.AppendValid(_buffer.Count);
    }

    /// <inheritdoc/>
    public override void AppendNull()
    {
        _buffer.Append(default);
        _validity.AppendNull(_buffer.Count);
    }

    /// <inheritdoc/>
    public override void AppendScalar(Scalar value) => Append((byte[]?)value.Value);

    /// <inheritdoc/>
    public override void AppendRows(Vector source, ReadOnlySpan<int> rows)
    {
        var typed = (DynamicVector)source;
        foreach (int row in rows)
        {
            Append(typed.Values[row & typed.RowMask]);
        }
    }

    /// <inheritdoc/>
    public override void AppendRange(Vector source, int start, int count)
    {
        var typed = (DynamicVector)source;
        for (int row = start; row < start + count; row++)
        {
            Append(typed.Values[row & typed.RowMask]);
        }
    }

    /// <inheritdoc/>
    public override Vector Build()
    {
        int count = _buffer.Count;
        return new DynamicVector(_buffer.Build(), _validity.Build(count));
    }
}
