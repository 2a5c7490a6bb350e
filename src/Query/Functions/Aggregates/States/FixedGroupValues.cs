using System.Runtime.CompilerServices;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>One fixed-width value per group.</summary>
internal sealed class FixedGroupValues<T> : GroupValues
    where T : unmanaged, IComparable<T>
{
    private readonly ScalarType _type;
    private T[] _values = [];
    private bool[] _isSet = [];

    public FixedGroupValues(ScalarType type)
    {
        _type = type;
    }

    public override long SizeBytes => (Unsafe.SizeOf<T>() + 1L) * _values.Length;

    public override void EnsureGroups(int groupCount)
    {
        GroupArray.Ensure(ref _values, groupCount);
        GroupArray.Ensure(ref _isSet, groupCount);
    }

    public override void Set(int group, Vector source, int row)
    {
        _isSet[group] = !source.IsNull(row);
        _values[group] = ((FixedVector<T>)source)[row];
    }

    public override void Copy(int group, GroupValues other, int otherGroup)
    {
        var typed = (FixedGroupValues<T>)other;
        _isSet[group] = typed._isSet[otherGroup];
        _values[group] = typed._values[otherGroup];
    }

    public override int CompareTo(int group, Vector source, int row) =>
        ((FixedVector<T>)source)[row].CompareTo(_values[group]);

    public override int CompareTo(int group, GroupValues other, int otherGroup) =>
        ((FixedGroupValues<T>)other)._values[otherGroup].CompareTo(_values[group]);

    public override Vector ToVector(int groupCount)
    {
        var values = new FixedVectorBuilder<T>(_type);
        for (int group = 0; group < groupCount; group++)
        {
            if (_isSet[group])
            {
                values.Append(_values[group]);
            }
            else
            {
                values.AppendNull();
            }
        }

        return values.Build();
    }
}
