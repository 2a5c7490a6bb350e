using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Operators.Grouping;

/// <summary>
/// Numbers the distinct values of one key column 0, 1, 2 … in the order they come; null is a value too. One owner.
/// </summary>
internal abstract class KeyColumn
{
    /// <summary>Number of distinct values.</summary>
    public abstract int Count { get; }

    /// <summary>Bytes of memory.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>Numbers values; new values get the next numbers.</summary>
    /// <param name="column">Of the column's type; not constant unless it has one row.</param>
    /// <param name="numbers">As long as the column.</param>
    public abstract void Assign(Vector column, Span<int> numbers);

    /// <summary>Numbers values; unknown values get -1.</summary>
    public abstract void Find(Vector column, Span<int> numbers);

    /// <summary>The values of numbers.</summary>
    public abstract Vector Values(ReadOnlySpan<int> numbers);

    /// <summary>Gives its memory back, where it is lent; it is not used afterwards.</summary>
    public virtual void Release()
    {
    }

    /// <summary>A column for a type.</summary>
    public static KeyColumn Create(ScalarType type) => type switch
    {
        ScalarType.Bool => new FixedKeyColumn<bool, BoolBits>(type),
        ScalarType.Int => new FixedKeyColumn<int, IntBits>(type),
        ScalarType.Long or ScalarType.DateTime or ScalarType.TimeSpan => new FixedKeyColumn<long, LongBits>(type),
        ScalarType.Real => new FixedKeyColumn<double, RealBits>(type),
        ScalarType.Decimal => new WideKeyColumn<decimal>(type),
        ScalarType.Guid => new WideKeyColumn<Guid>(type),
        ScalarType.String => new StringKeyColumn(),
        ScalarType.Dynamic => new DynamicKeyColumn(),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown type"),
    };
}
