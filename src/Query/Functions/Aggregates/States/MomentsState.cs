using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>
/// Number, means and co-moment of one or two variables, for variance, standard deviation and covariance.
/// </summary>
/// <remarks>
/// Updated by Welford's method, merged by the pairwise formula of Chan, Golub and LeVeque (1979). One variable is
/// paired
/// with itself. Fewer values than the divisor needs give 0.
/// </remarks>
internal sealed class MomentsState : AggregateState
{
    private readonly MomentsKind _kind;
    private Moments[] _moments = [];

    public MomentsState(MomentsKind kind)
    {
        _kind = kind;
    }

    public override long SizeBytes => 32L * _moments.Length;

    public override void EnsureGroups(int groupCount) => GroupArray.Ensure(ref _moments, groupCount);

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        var first = (FixedVector<double>)arguments[0];
        var second = (FixedVector<double>)arguments[^1];
        for (int row = 0; row < groups.Length; row++)
        {
            if (!first.IsNull(row) && !second.IsNull(row))
            {
                _moments[groups[row]].Add(first[row], second[row]);
            }
        }
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        Moments[] moments = ((MomentsState)other)._moments;
        for (int group = 0; group < groups.Length; group++)
        {
            _moments[groups[group]].Add(moments[group]);
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        double[] results = new double[groupCount];
        for (int group = 0; group < groupCount; group++)
        {
            Moments moments = _moments[group];
            double divisor = moments.Count - (_kind.HasFlag(MomentsKind.Population) ? 0 : 1);
            double variance = divisor > 0 ? moments.CoMoment / divisor : 0;
            results[group] = _kind.HasFlag(MomentsKind.Root) ? Math.Sqrt(variance) : variance;
        }

        return [new FixedVector<double>(ScalarType.Real, results, groupCount)];
    }

    public override void Write(BinaryWriter writer, int groupCount) =>
        VectorCodec.WriteSpan<Moments>(writer, _moments.AsSpan(0, groupCount));

    public override void Read(BinaryReader reader, int groupCount)
    {
        EnsureGroups(groupCount);
        VectorCodec.ReadSpan(reader, _moments.AsSpan(0, groupCount));
    }

    private struct Moments
    {
        public double Count;
        public double FirstMean;
        public double SecondMean;
        public double CoMoment;

        public void Add(double first, double second)
        {
            Count++;
            double firstChange = first - FirstMean;
            FirstMean += firstChange / Count;
            SecondMean += (second - SecondMean) / Count;
            CoMoment += firstChange * (second - SecondMean);
        }

        public void Add(Moments other)
        {
            if (other.Count == 0)
            {
                return;
            }

            double total = Count + other.Count;
            double firstGap = other.FirstMean - FirstMean;
            double secondGap = other.SecondMean - SecondMean;
            CoMoment += other.CoMoment + (firstGap * secondGap * Count * other.Count / total);
            FirstMean += firstGap * other.Count / total;
            SecondMean += secondGap * other.Count / total;
            Count = total;
        }
    }
}
