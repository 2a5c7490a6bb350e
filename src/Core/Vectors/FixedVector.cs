using Bongsu.Core.Types;

namespace Bongsu.Core.Vectors;

/// <summary>Values of fixed width.</summary>
/// <typeparam name="T">
/// <see cref="bool"/> (bool), <see cref="int"/> (int), <see cref="long"/> (long, datetime, timespan),
/// <see cref="double"/> (real),
/// <see cref="decimal"/> or <see cref="Guid"/>.
/// </typeparam>
public sealed class FixedVector<T> : Vector
    where T : unmanaged
{
    private readonly T[] _values;

    /// <summary>Takes ownership of an array whose first <paramref name="length"/> entries are the values; null rows
    /// hold default(T).</summary>
    public FixedVector(ScalarType type, T[] values, int length, Bitmap? validity = null)
        : base(type, length, isConstant: false, validity)
    {
        if (values.Length < length || (validity is not null && validity.Length != length))
        {
            throw new ArgumentException($"{values.Length} values and {validity?.Length} validity bits for {length} rows");
        }

        _values = values;
    }

    private FixedVector(ScalarType type, T[] single, bool isNull, int length)
        : base(type, length, isConstant: true, isNull ? new Bitmap(1) : null)
    {
        _values = single;
    }

    /// <summary>The physical values (see <see cref="Vector.PhysicalLength"/>).</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, PhysicalLength);

    /// <summary>The value of a row; default(T) where null.</summary>
    public T this[int row] => _values[row & RowMask];

    /// <summary>One value for all rows.</summary>
    public static FixedVector<T> Constant(ScalarType type, T value, bool isNull, int length) =>
        new(type, [value], isNull, length);

    /// <inheritdoc/>
    public override Scalar GetScalar(int row)
    {
        if (IsNull(row))
        {
            return Scalar.Null(Type);
        }

        return new Scalar(Type, this[row]);
    }

    /// <inheritdoc/>
    public override Vector Gather(ReadOnlySpan<int> rows, BlockArrays? arrays)
    {
        if (IsConstant)
        {
            return WithLength(rows.Length);
        }

        T[] gathered = BlockArrays.Rent<T>(arrays, rows.Length);
        T[] values = _values;
        for (int row = 0; row < rows.Length; row++)
        {
            gathered[row] = values[rows[row]];
        }

        return new FixedVector<T>(Type, gathered, rows.Length, GatherValidity(rows));
    }

    /// <inheritdoc/>
    public override Vector WithLength(int length) =>
        IsConstant
            ? new FixedVector<T>(Type, _values, HasNulls, length)
            : throw new InvalidOperationException("only a constant can change its length");
}
