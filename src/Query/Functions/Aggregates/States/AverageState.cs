using System.Numerics;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Vector = Bongsu.Core.Vectors.Vector;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Sum and number of values. The average of nothing is NaN for real, else null.</summary>
/// <typeparam name="T">Of the argument.</typeparam>
/// <typeparam name="TSum">Wide enough for any sum: double, decimal, or Int128 for ticks.</typeparam>
/// <typeparam name="TResult">Of the result.</typeparam>
internal sealed class AverageState<T, TSum, TResult> : AggregateState
    where T : unmanaged, INumber<T>
    where TSum : unmanaged, INumber<TSum>
    where TResult : unmanaged, INumber<TResult>
{
    private readonly ScalarType _type;
    private TSum[] _sums = [];
    private long[] _counts = [];

    public AverageState(ScalarType type)
    {
        _type = type;
    }

    public override long SizeBytes => (16L * _sums.Length) + (8L * _counts.Length);

    public override void EnsureGroups(int groupCount)
    {
        GroupArray.Ensure(ref _sums, groupCount);
        GroupArray.Ensure(ref _counts, groupCount);
    }

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        var argument = (FixedVector<T>)arguments[0];
        TSum[] sums = _sums;
        long[] counts = _counts;
        for (int row = 0; row < groups.Length; row++)
        {
            if (!argument.IsNull(row))
            {
                int group = groups[row];
                sums[group] += TSum.CreateTruncating(argument[row]);
                counts[group]++;
            }
        }
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        var typed = (AverageState<T, TSum, TResult>)other;
        for (int group = 0; group < groups.Length; group++)
        {
            _sums[groups[group]] += typed._sums[group];
            _counts[groups[group]] += typed._counts[group];
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        var averages = new FixedVectorBuilder<TResult>(_type);
        for (int group = 0; group < groupCount; group++)
        {
            if (_counts[group] > 0)
            {
                averages.Append(TResult.CreateTruncating(_sums[group] / TSum.CreateTruncating(_counts[group])));
            }
            else if (_type == ScalarType.Real)
            {
                averages.Append(TResult.CreateTruncating(double.NaN));
            }
            else
            {
                averages.AppendNull();
            }
        }

        return [averages.Build()];
    }

    public override void Write(BinaryWriter writer, int groupCount)
    {
        VectorCodec.WriteSpan<TSum>(writer, _sums.AsSpan(0, groupCount));
        VectorCodec.WriteSpan<long>(writer, _counts.AsSpan(0, groupCount));
    }

    public override void Read(BinaryReader reader, int groupCount)
    {
        EnsureGroups(groupCount);
        VectorCodec.ReadSpan(reader, _sums.AsSpan(0, groupCount));
        VectorCodec.ReadSpan(reader, _counts.AsSpan(0, groupCount));
    }
}
