using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>
/// Percentiles in bounded memory, for state that is kept: exact while a group has few different values, else rounded
/// (<see cref="ValueRuns{T,TKey,TRankKey}"/>). The same in any order and grouping of rows.
/// </summary>
/// <typeparam name="T">Of the values.</typeparam>
/// <typeparam name="TKey">What is kept of a value.</typeparam>
/// <typeparam name="TRankKey">Between the two.</typeparam>
internal sealed class BoundedPercentileState<T, TKey, TRankKey>(PercentileCall call) : AggregateState
    where T : unmanaged
    where TKey : unmanaged, IComparable<TKey>
    where TRankKey : IRankKey<T, TKey>
{
    private ValueRuns<T, TKey, TRankKey>?[] _groups = [];
    private long _sizeBytes;

    public override long SizeBytes => _sizeBytes + (8L * _groups.Length);

    public override bool IsEstimate => _groups.Any(group => group?.Level > 0);

    public override void EnsureGroups(int groupCount) => GroupArray.Ensure(ref _groups, groupCount);

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        var values = (FixedVector<T>)arguments[0];
        FixedVector<long>? weights = call.IsWeighted ? (FixedVector<long>)arguments[1] : null;
        for (int row = 0; row < groups.Length; row++)
        {
            if (values.IsNull(row) || (weights is not null && (weights.IsNull(row) || weights[row] <= 0)))
            {
                continue;
            }

            ValueRuns<T, TKey, TRankKey> runs = RunsOf(groups[row]);
            _sizeBytes -= runs.SizeBytes;
            runs.Add(TRankKey.ToKey(values[row]), weights?[row] ?? 1);
            _sizeBytes += runs.SizeBytes;
        }
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        var typed = (BoundedPercentileState<T, TKey, TRankKey>)other;
        for (int group = 0; group < groups.Length; group++)
        {
            if (typed._groups[group] is { } added)
            {
                ValueRuns<T, TKey, TRankKey> runs = RunsOf(groups[group]);
                _sizeBytes -= runs.SizeBytes;
                runs.Add(added);
                _sizeBytes += runs.SizeBytes;
            }
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        T[][] columns = [.. call.Percentages.Select(_ => new T[groupCount])];
        var validity = Bitmap.AllSet(groupCount);
        for (int group = 0; group < groupCount; group++)
        {
            validity[group] = _groups[group] is not null;
            if (_groups[group] is { } runs)
            {
                _sizeBytes -= runs.SizeBytes;
                Select(runs, group, columns);
                _sizeBytes += runs.SizeBytes;
            }
        }

        return call.Columns(columns, validity);
    }

    public override void Write(BinaryWriter writer, int groupCount)
    {
        for (int group = 0; group < groupCount; group++)
        {
            writer.Write(_groups[group] is not null);
            if (_groups[group] is { } runs)
            {
                _sizeBytes -= runs.SizeBytes;
                runs.Write(writer);
                _sizeBytes += runs.SizeBytes;
            }
        }
    }

    public override void Read(BinaryReader reader, int groupCount)
    {
        EnsureGroups(groupCount);
        for (int group = 0; group < groupCount; group++)
        {
            if (reader.ReadBoolean())
            {
                ValueRuns<T, TKey, TRankKey> runs = RunsOf(group);
                _sizeBytes -= runs.SizeBytes;
                runs.Read(reader);
                _sizeBytes += runs.SizeBytes;
            }
        }
    }

    private ValueRuns<T, TKey, TRankKey> RunsOf(int group)
    {
        if (_groups[group] is { } known)
        {
            return known;
        }

        var runs = new ValueRuns<T, TKey, TRankKey>();
        _sizeBytes += runs.SizeBytes;
        return _groups[group] = runs;
    }

    private void Select(ValueRuns<T, TKey, TRankKey> runs, int group, T[][] columns)
    {
        (ReadOnlyMemory<TKey> keys, ReadOnlyMemory<long> counts) = runs.Read();
        decimal total = 0;
        foreach (long count in counts.Span)
        {
            total += count;
        }

        for (int percentage = 0; percentage < columns.Length; percentage++)
        {
            decimal wanted = call.RankOf(percentage, total);
            int run = 0;
            for (decimal seen = counts.Span[0]; seen < wanted && run < keys.Length - 1; seen += counts.Span[run])
            {
                run++;
            }

            columns[percentage][group] = runs.Level == 0 ? TRankKey.FromKey(keys.Span[run]) : TRankKey.MiddleOf(keys.Span[run], runs.Level);
        }
    }
}
