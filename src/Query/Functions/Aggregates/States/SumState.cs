using System.Numerics;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Vector = Bongsu.Core.Vectors.Vector;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Adds up values; nulls count as nothing. Integers wrap around; the sum of nothing is 0.</summary>
/// <remarks>Reals are added in the order they come: threads may change the last digits.</remarks>
internal sealed class SumState<T, TSum> : AggregateState
    where T : unmanaged, INumber<T>
    where TSum : unmanaged, INumber<TSum>
{
    private readonly ScalarType _type;
    private TSum[] _sums = [];

    public SumState(ScalarType type)
    {
        _type = type;
    }

    public override long SizeBytes => 8L * _sums.Length;

    public override void EnsureGroups(int groupCount) => GroupArray.Ensure(ref _sums, groupCount);

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        var argument = (FixedVector<T>)arguments[0];
        TSum[] sums = _sums;
        if (argument.IsConstant || argument.HasNulls)
        {
            for (int row = 0; row < groups.Length; row++)
            {
                if (!argument.IsNull(row))
                {
                    sums[groups[row]] += TSum.CreateTruncating(argument[row]);
                }
            }

            return;
        }

        ReadOnlySpan<T> values = argument.Values;
        for (int row = 0; row < values.Length; row++)
        {
            sums[groups[row]] += TSum.CreateTruncating(values[row]);
        }
    }

    public override void UpdateGroup(ReadOnlySpan<Vector> arguments, int rowCount, int group)
    {
        var argument = (FixedVector<T>)arguments[0];
        TSum sum = TSum.Zero;
        for (int row = 0; row < rowCount; row++)
        {
            if (!argument.IsNull(row))
            {
                sum += TSum.CreateTruncating(argument[row]);
            }
        }

        _sums[group] += sum;
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        TSum[] sums = ((SumState<T, TSum>)other)._sums;
        for (int group = 0; group < groups.Length; group++)
        {
            _sums[groups[group]] += sums[group];
        }
    }

    public override Vector[] Finish(int groupCount) =>
        [new FixedVector<TSum>(_type, _sums.AsSpan(0, groupCount).ToArray(), groupCount)];

    public override void Write(BinaryWriter writer, int groupCount) =>
        VectorCodec.WriteSpan<TSum>(writer, _sums.AsSpan(0, groupCount));

    public override void Read(BinaryReader reader, int groupCount)
    {
        EnsureGroups(groupCount);
        VectorCodec.ReadSpan(reader, _sums.AsSpan(0, groupCount));
    }
}
