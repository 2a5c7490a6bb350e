using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Folds integers bit by bit; nulls are skipped, nothing gives null.</summary>
internal sealed class BitwiseState<TFold> : AggregateState
    where TFold : IBitwiseFold
{
    private long[] _values = [];
    private bool[] _isSet = [];

    public override long SizeBytes => 9L * _values.Length;

    public override void EnsureGroups(int groupCount)
    {
        GroupArray.Ensure(ref _values, groupCount);
        GroupArray.Ensure(ref _isSet, groupCount);
    }

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        var argument = (FixedVector<long>)arguments[0];
        for (int row = 0; row < groups.Length; row++)
        {
            if (!argument.IsNull(row))
            {
                Add(groups[row], argument[row]);
            }
        }
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        var typed = (BitwiseState<TFold>)other;
        for (int group = 0; group < groups.Length; group++)
        {
            if (typed._isSet[group])
            {
                Add(groups[group], typed._values[group]);
            }
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        var validity = new Bitmap(groupCount);
        for (int group = 0; group < groupCount; group++)
        {
            validity[group] = _isSet[group];
        }

        return [new FixedVector<long>(ScalarType.Long, _values.AsSpan(0, groupCount).ToArray(), groupCount, validity)];
    }

    public override void Write(BinaryWriter writer, int groupCount)
    {
        VectorCodec.WriteSpan<long>(writer, _values.AsSpan(0, groupCount));
        VectorCodec.WriteSpan<bool>(writer, _isSet.AsSpan(0, groupCount));
    }

    public override void Read(BinaryReader reader, int groupCount)
    {
        EnsureGroups(groupCount);
        VectorCodec.ReadSpan(reader, _values.AsSpan(0, groupCount));
        VectorCodec.ReadSpan(reader, _isSet.AsSpan(0, groupCount));
    }

    private void Add(int group, long value)
    {
        _values[group] = _isSet[group] ? TFold.Fold(_values[group], value) : value;
        _isSet[group] = true;
    }
}
