using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;

namespace Bongsu.Core.Vectors;

/// <summary>Dynamic values, each as encoded bytes (<see cref="DynamicReader"/> reads, <see cref="DynamicWriter"/>
/// writes).</summary>
/// <remarks>A null row has its validity bit 0 and no bytes; an encoded JSON null at the top is never stored.</remarks>
public sealed class DynamicVector : Vector
{
    /// <summary>Takes ownership of the values.</summary>
    public DynamicVector(Utf8Values encoded, Bitmap? validity)
        : base(ScalarType.Dynamic, encoded.Count, isConstant: false, validity)
    {
        Values = encoded;
    }

    private DynamicVector(Utf8Values single, bool isNull, int length)
        : base(ScalarType.Dynamic, length, isConstant: true, isNull ? new Bitmap(1) : null)
    {
        Values = single;
    }

    /// <summary>Encoded bytes by physical index; empty where null.</summary>
    public Utf8Values Values { get; }

    /// <summary>The value of a row; of kind null where the row is null.</summary>
    public DynamicReader this[int row] => new(Values[row & RowMask]);

    /// <summary>One value for all rows; no bytes mean null.</summary>
    public static DynamicVector Constant(ReadOnlySpan<byte> encoded, int length) =>
        new(new Utf8Values([0, encoded.Length], encoded.ToArray(), 1), encoded.IsEmpty, length);

    /// <inheritdoc/>
    public override Scalar GetScalar(int row) =>
        IsNull(row) ? Scalar.Null(ScalarType.Dynamic) : Scalar.OfDynamic(Values[row & RowMask].ToArray());

    /// <inheritdoc/>
    public override Vector Gather(ReadOnlySpan<int> rows, BlockArrays? arrays) =>
        IsConstant ? WithLength(rows.Length) : new DynamicVector(Values.Gather(rows), GatherValidity(rows));

    /// <inheritdoc/>
    public override Vector WithLength(int length) =>
        IsConstant
            ? new DynamicVector(Values, HasNulls, length)
            : throw new InvalidOperationException("only a constant can change its length");
}
