using System.Runtime.CompilerServices;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>
/// The largest or smallest value of fixed width; nulls are skipped, and NaN where there is anything else.
/// </summary>
internal sealed class ExtremeState<T, TOrder> : AggregateState
    where T : unmanaged, IComparable<T>
    where TOrder : IValueOrder
{
    private const byte Nothing = 0;
    private const byte OnlyNaN = 1;
    private const byte Value = 2;

    private readonly ScalarType _type;
    private T[] _values = [];
    private byte[] _contents = [];

    public ExtremeState(ScalarType type)
    {
        _type = type;
    }

    public override long SizeBytes => (Unsafe.SizeOf<T>() + 1L) * _values.Length;

    public override void EnsureGroups(int groupCount)
    {
        GroupArray.Ensure(ref _values, groupCount);
        GroupArray.Ensure(ref _contents, groupCount);
    }

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        var argument = (FixedVector<T>)arguments[0];
        for (int row = 0; row < groups.Length; row++)
        {
            if (!argument.IsNull(row))
            {
                Add(groups[row], argument[row]);
            }
        }
    }

    public override void UpdateGroup(ReadOnlySpan<Vector> arguments, int rowCount, int group)
    {
        var argument = (FixedVector<T>)arguments[0];
        int length = argument.IsConstant ? 1 : rowCount;
        for (int row = 0; row < length; row++)
        {
            if (!argument.IsNull(row))
            {
                Add(group, argument[row]);
            }
        }
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        var typed = (ExtremeState<T, TOrder>)other;
        for (int group = 0; group < groups.Length; group++)
        {
            if (typed._contents[group] != Nothing)
            {
                Add(groups[group], typed._values[group]);
            }
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        Bitmap? validity = null;
        for (int group = 0; group < groupCount; group++)
        {
            if (_contents[group] == Nothing)
            {
                validity ??= Bitmap.AllSet(groupCount);
                validity[group] = false;
            }
        }

        return [new FixedVector<T>(_type, _values.AsSpan(0, groupCount).ToArray(), groupCount, validity)];
    }

    public override void Write(BinaryWriter writer, int groupCount)
    {
        VectorCodec.WriteSpan<T>(writer, _values.AsSpan(0, groupCount));
        VectorCodec.WriteSpan<byte>(writer, _contents.AsSpan(0, groupCount));
    }

    public override void Read(BinaryReader reader, int groupCount)
    {
        EnsureGroups(groupCount);
        VectorCodec.ReadSpan(reader, _values.AsSpan(0, groupCount));
        VectorCodec.ReadSpan(reader, _contents.AsSpan(0, groupCount));
    }

    private static bool IsNaN(T value) => typeof(T) == typeof(double) && double.IsNaN((double)(object)value);

    private void Add(int group, T value)
    {
        if (_contents[group] == Value)
        {
            if (!IsNaN(value) && TOrder.Replaces(value.CompareTo(_values[group])))
            {
                _values[group] = value;
            }

            return;
        }

        _contents[group] = IsNaN(value) ? OnlyNaN : Value;
        _values[group] = value;
    }
}
