using Bongsu.Core.Types;

namespace Bongsu.Core.Vectors;

/// <summary>A column of values of one type: the unit everything is computed on. Immutable once published.</summary>
/// <remarks>
/// A <b>constant</b> vector holds one physical value for all rows. Readers that index physical storage use
/// <c>row &amp; RowMask</c>, which is right for both forms and costs nothing. Kernels that walk spans test
/// <see cref="IsConstant"/> first.
/// </remarks>
public abstract class Vector
{
    private protected Vector(ScalarType type, int length, bool isConstant, Bitmap? validity)
    {
        Type = type;
        Length = length;
        IsConstant = isConstant;
        RowMask = isConstant ? 0 : -1;
        Validity = validity;
    }

    /// <summary>The type of the values.</summary>
    public ScalarType Type { get; }

    /// <summary>Number of rows.</summary>
    public int Length { get; }

    /// <summary>True where one physical value stands for all rows.</summary>
    public bool IsConstant { get; }

    /// <summary>0 for a constant, else all ones: AND it with a row to get the physical index.</summary>
    public int RowMask { get; }

    /// <summary>Bit 1 = not null, by physical index; null = no nulls. Always null for strings.</summary>
    public Bitmap? Validity { get; }

    /// <summary>True where any row may be null.</summary>
    public bool HasNulls => Validity is not null;

    /// <summary>Number of physical values: 1 for a constant (0 if it has no rows), else <see cref="Length"/>.</summary>
    public int PhysicalLength => IsConstant ? Math.Min(Length, 1) : Length;

    /// <summary>Whether a row is null.</summary>
    public bool IsNull(int row) => Validity is not null && !Validity[row & RowMask];

    /// <summary>The value of one row, boxed: for edges, not for loops.</summary>
    public abstract Scalar GetScalar(int row);

    /// <summary>The given rows, in the given order (repeats allowed).</summary>
    public Vector Gather(ReadOnlySpan<int> rows) => Gather(rows, arrays: null);

    /// <summary>The given rows, in the given order (repeats allowed).</summary>
    /// <param name="rows">Which rows.</param>
    /// <param name="arrays">Lends the memory, where the form of the vector allows it; null = new arrays.</param>
    public abstract Vector Gather(ReadOnlySpan<int> rows, BlockArrays? arrays);

    /// <summary>The same values as a constant or not, with another length; only for constants.</summary>
    public abstract Vector WithLength(int length);

    /// <summary>A vector that repeats one value.</summary>
    public static Vector Constant(Scalar value, int length) => ConstantVectors.Create(value, length);

    /// <summary>A vector of nulls (of empty strings for string).</summary>
    public static Vector Nulls(ScalarType type, int length) => Constant(Scalar.Null(type), length);

    private protected Bitmap? GatherValidity(ReadOnlySpan<int> rows)
    {
        if (Validity is null)
        {
            return null;
        }

        var gathered = new Bitmap(rows.Length);
        bool anyNull = false;
        for (int row = 0; row < rows.Length; row++)
        {
            if (Validity[rows[row]])
            {
                gathered[row] = true;
            }
            else
            {
                anyNull = true;
            }
        }

        return anyNull ? gathered : null;
    }
}
