using System.Buffers;
using Bongsu.Core.Kernels;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Operators.Grouping;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Counts rows; with an argument, rows where it is true (bool predicate) or not null.</summary>
internal sealed class CountState : AggregateState
{
    // Adding four tables up must cost little beside counting.
    private const int MinRowsPerGroup = 32;

    private readonly bool _isPredicate;
    private long[] _counts = [];

    public CountState(bool isPredicate)
    {
        _isPredicate = isPredicate;
    }

    public override long SizeBytes => 8L * _counts.Length;

    public override void EnsureGroups(int groupCount)
    {
        if (_counts.Length < groupCount)
        {
            TableArrays.Grow(ref _counts, Math.Max(groupCount, Math.Max(16, _counts.Length * 2)));
        }
    }

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        long[] counts = _counts;
        if (arguments.IsEmpty)
        {
            CountRows(groups);
            return;
        }

        Vector argument = arguments[0];
        if (_isPredicate)
        {
            var truth = (FixedVector<bool>)argument;
            for (int row = 0; row < groups.Length; row++)
            {
                counts[groups[row]] += truth[row] && !truth.IsNull(row) ? 1 : 0;
            }

            return;
        }

        for (int row = 0; row < groups.Length; row++)
        {
            counts[groups[row]] += argument.IsNull(row) ? 0 : 1;
        }
    }

    public override void UpdateGroup(ReadOnlySpan<Vector> arguments, int rowCount, int group)
    {
        if (arguments.IsEmpty)
        {
            _counts[group] += rowCount;
            return;
        }

        base.UpdateGroup(arguments, rowCount, group);
    }

    internal override bool OnlyCounts => !_isPredicate;

    internal override void UpdateCounts(ReadOnlySpan<int> groups, ReadOnlySpan<int> counts)
    {
        for (int index = 0; index < groups.Length; index++)
        {
            _counts[groups[index]] += counts[index];
        }
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        long[] counts = ((CountState)other)._counts;
        for (int group = 0; group < groups.Length; group++)
        {
            _counts[groups[group]] += counts[group];
        }
    }

    public override Vector[] Finish(int groupCount) =>
        [new FixedVector<long>(ScalarType.Long, _counts.AsSpan(0, groupCount).ToArray(), groupCount)];

    public override void Write(BinaryWriter writer, int groupCount) =>
        VectorCodec.WriteSpan<long>(writer, _counts.AsSpan(0, groupCount));

    public override void Read(BinaryReader reader, int groupCount)
    {
        EnsureGroups(groupCount);
        VectorCodec.ReadSpan(reader, _counts.AsSpan(0, groupCount));
    }

    internal override void Release() => TableArrays.Return(ref _counts);

    private void CountRows(ReadOnlySpan<int> groups)
    {
        int width = _counts.Length;
        if (width > groups.Length / MinRowsPerGroup)
        {
            foreach (int group in groups)
            {
                _counts[group]++;
            }

            return;
        }

        int[] tables = ArrayPool<int>.Shared.Rent(4 * width);
        tables.AsSpan(0, 4 * width).Clear();
        CodeCounts.AddToFour(groups, width, tables);
        for (int index = 0; index < 4 * width; index++)
        {
            _counts[index % width] += tables[index];
        }

        ArrayPool<int>.Shared.Return(tables);
    }
}
