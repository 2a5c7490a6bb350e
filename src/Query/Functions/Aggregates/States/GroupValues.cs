using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>
/// One value of any type per group, which may be null; the store of <c>arg_max</c>, <c>take_any</c>, <c>max</c> of
/// strings.
/// </summary>
internal abstract class GroupValues
{
    /// <summary>Bytes of memory, about.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>Makes room; new groups hold null.</summary>
    public abstract void EnsureGroups(int groupCount);

    /// <summary>Keeps the value of a row.</summary>
    public abstract void Set(int group, Vector source, int row);

    /// <summary>Keeps what another store holds.</summary>
    public abstract void Copy(int group, GroupValues other, int otherGroup);

    /// <summary>
    /// Above 0 where the value of a row, not null and not NaN, is larger than the kept one, which must be set.
    /// </summary>
    public abstract int CompareTo(int group, Vector source, int row);

    /// <summary>Above 0 where the value in another store is larger than the kept one; both must be set.</summary>
    public abstract int CompareTo(int group, GroupValues other, int otherGroup);

    /// <summary>All values.</summary>
    public abstract Vector ToVector(int groupCount);

    /// <summary>A store for a type.</summary>
    public static GroupValues Create(ScalarType type) => type switch
    {
        ScalarType.Bool => new FixedGroupValues<bool>(type),
        ScalarType.Int => new FixedGroupValues<int>(type),
        ScalarType.Real => new FixedGroupValues<double>(type),
        ScalarType.Decimal => new FixedGroupValues<decimal>(type),
        ScalarType.Guid => new FixedGroupValues<Guid>(type),
        ScalarType.String or ScalarType.Dynamic => new BytesGroupValues(type),
        _ => new FixedGroupValues<long>(type),
    };
}
