using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>
/// Whole rows at the largest or smallest value of the first argument (<c>arg_max</c>, <c>arg_min</c>; <c>max</c> of
/// strings is the case of
/// one argument). Of a group with null values only, the first row is kept; of equal values the one that came first.
/// </summary>
internal sealed class ArgumentOfExtremeState<TOrder> : AggregateState
    where TOrder : IValueOrder
{
    // What a group's kept row has as first value, from worst to best.
    private const byte Nothing = 0;
    private const byte Null = 1;
    private const byte NaN = 2;
    private const byte Value = 3;

    private readonly ScalarType[] _types;
    private readonly GroupValues[] _columns;
    private byte[] _contents = [];

    public ArgumentOfExtremeState(ScalarType[] types)
    {
        _types = types;
        _columns = types.Select(GroupValues.Create).ToArray();
    }

    public override long SizeBytes
    {
        get
        {
            long size = _contents.Length;
            foreach (GroupValues column in _columns)
            {
                size += column.SizeBytes;
            }

            return size;
        }
    }

    public override void EnsureGroups(int groupCount)
    {
        GroupArray.Ensure(ref _contents, groupCount);
        foreach (GroupValues column in _columns)
        {
            column.EnsureGroups(groupCount);
        }
    }

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        Vector first = arguments[0];
        for (int row = 0; row < groups.Length; row++)
        {
            int group = groups[row];
            byte content = Content(first, row);
            byte known = _contents[group];
            if (content < known || (content == known && content != Value)
                || (content == known && !TOrder.Replaces(_columns[0].CompareTo(group, first, row))))
            {
                continue;
            }

            _contents[group] = content;
            for (int column = 0; column < _columns.Length; column++)
            {
                _columns[column].Set(group, arguments[column], row);
            }
        }
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        var typed = (ArgumentOfExtremeState<TOrder>)other;
        for (int otherGroup = 0; otherGroup < groups.Length; otherGroup++)
        {
            int group = groups[otherGroup];
            byte content = typed._contents[otherGroup];
            byte known = _contents[group];
            if (content < known || (content == known && content != Value)
                || (content == known && !TOrder.Replaces(_columns[0].CompareTo(group, typed._columns[0], otherGroup))))
            {
                continue;
            }

            _contents[group] = content;
            for (int column = 0; column < _columns.Length; column++)
            {
                _columns[column].Copy(group, typed._columns[column], otherGroup);
            }
        }
    }

    public override Vector[] Finish(int groupCount) => _columns.Select(column => column.ToVector(groupCount)).ToArray();

    public override void Write(BinaryWriter writer, int groupCount)
    {
        VectorCodec.WriteSpan<byte>(writer, _contents.AsSpan(0, groupCount));
        foreach (Vector column in Finish(groupCount))
        {
            VectorCodec.Write(writer, column);
        }
    }

    public override void Read(BinaryReader reader, int groupCount)
    {
        EnsureGroups(groupCount);
        VectorCodec.ReadSpan(reader, _contents.AsSpan(0, groupCount));
        for (int column = 0; column < _columns.Length; column++)
        {
            Vector values = VectorCodec.Read(reader, _types[column], groupCount);
            for (int group = 0; group < groupCount; group++)
            {
                _columns[column].Set(group, values, group);
            }
        }
    }

    private static byte Content(Vector first, int row)
    {
        if (first.IsNull(row))
        {
            return Null;
        }

        return first is FixedVector<double> real && double.IsNaN(real[row]) ? NaN : Value;
    }
}
