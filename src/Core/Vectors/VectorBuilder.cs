using Bongsu.Core.Types;

namespace Bongsu.Core.Vectors;

/// <summary>Collects values of one type and makes a vector of them. One owner; after <see cref="Build"/> it is empty
/// and can be used again.</summary>
public abstract class VectorBuilder
{
    private protected VectorBuilder(ScalarType type)
    {
        Type = type;
    }

    /// <summary>The type of the values.</summary>
    public ScalarType Type { get; }

    /// <summary>Number of values so far.</summary>
    public abstract int Count { get; }

    /// <summary>Bytes of memory the values take, about.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>Adds a null (the empty string for string).</summary>
    public abstract void AppendNull();

    /// <summary>Adds <paramref name="count"/> nulls.</summary>
    public virtual void AppendNulls(int count)
    {
        for (; count > 0; count--)
        {
            AppendNull();
        }
    }

    /// <summary>Adds one boxed value of the same type: for edges, not for loops.</summary>
    public abstract void AppendScalar(Scalar value);

    /// <summary>Adds the given rows of a vector of the same type.</summary>
    public abstract void AppendRows(Vector source, ReadOnlySpan<int> rows);

    /// <summary>Adds one row of a vector of the same type.</summary>
    public void AppendRow(Vector source, int row) => AppendRows(source, [row]);

    /// <summary>Adds <paramref name="count"/> rows of a vector of the same type, from <paramref name="start"/>
    /// on.</summary>
    public abstract void AppendRange(Vector source, int start, int count);

    /// <summary>Takes all values out as a vector.</summary>
    public abstract Vector Build();

    /// <summary>A builder for a type.</summary>
    public static VectorBuilder Create(ScalarType type) => type switch
    {
        ScalarType.Bool => new FixedVectorBuilder<bool>(type),
        ScalarType.Int => new FixedVectorBuilder<int>(type),
        ScalarType.Long or ScalarType.DateTime or ScalarType.TimeSpan => new FixedVectorBuilder<long>(type),
        ScalarType.Real => new FixedVectorBuilder<double>(type),
        ScalarType.Decimal => new FixedVectorBuilder<decimal>(type),
        ScalarType.Guid => new FixedVectorBuilder<Guid>(type),
        ScalarType.String => new StringVectorBuilder(),
        ScalarType.Dynamic => new DynamicVectorBuilder(),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown type"),
    };
}
