using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>
/// Keeps every value, and its weight where there are weights; selects by nearest rank at the end. Exact.
/// </summary>
/// <typeparam name="T">Of the values.</typeparam>
/// <typeparam name="TKey">What is kept of a value: quick to compare.</typeparam>
/// <typeparam name="TRankKey">Between the two.</typeparam>
internal sealed class PercentileState<T, TKey, TRankKey> : AggregateState
    where T : unmanaged
    where TKey : unmanaged, IComparable<TKey>
    where TRankKey : IRankKey<T, TKey>
{
    // Below so many values threads cost more than they save.
    private const int MinParallelCount = 200_000;

    private readonly PercentileCall _call;
    private readonly GroupedSlabs<TKey> _keys = new();
    private readonly GroupedSlabs<long> _weights = new();

    /// <summary>An empty state.</summary>
    /// <param name="call">What is asked for.</param>
    public PercentileState(PercentileCall call) => _call = call;

    public override long SizeBytes => _keys.SizeBytes + _weights.SizeBytes;

    public override void EnsureGroups(int groupCount)
    {
        _keys.EnsureGroups(groupCount);
        if (_call.IsWeighted)
        {
            _weights.EnsureGroups(groupCount);
        }
    }

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        var values = (FixedVector<T>)arguments[0];
        if (_call.IsWeighted || values.HasNulls || values.IsConstant)
        {
            var weights = _call.IsWeighted ? (FixedVector<long>)arguments[1] : null;
            for (int row = 0; row < groups.Length; row++)
            {
                Add(values, weights, row, groups[row]);
            }

            return;
        }

        ReadOnlySpan<T> all = values.Values;
        for (int row = 0; row < all.Length; row++)
        {
            _keys.Add(groups[row], TRankKey.ToKey(all[row]));
        }
    }

    public override void UpdateGroup(ReadOnlySpan<Vector> arguments, int rowCount, int group)
    {
        var values = (FixedVector<T>)arguments[0];
        if (_call.IsWeighted || values.HasNulls || values.IsConstant)
        {
            var weights = _call.IsWeighted ? (FixedVector<long>)arguments[1] : null;
            for (int row = 0; row < rowCount; row++)
            {
                Add(values, weights, row, group);
            }

            return;
        }

        for (ReadOnlySpan<T> rest = values.Values; !rest.IsEmpty;)
        {
            Span<TKey> room = _keys.Room(group, rest.Length);
            for (int row = 0; row < room.Length; row++)
            {
                room[row] = TRankKey.ToKey(rest[row]);
            }

            rest = rest[room.Length..];
        }
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        var typed = (PercentileState<T, TKey, TRankKey>)other;
        for (int group = 0; group < groups.Length; group++)
        {
            foreach (ArraySegment<TKey> segment in typed._keys.Segments(group))
            {
                _keys.AddRange(groups[group], segment);
            }

            foreach (ArraySegment<long> segment in typed._weights.Segments(group))
            {
                _weights.AddRange(groups[group], segment);
            }
        }
    }

    internal override void Absorb(AggregateState other, ReadOnlySpan<int> groups)
    {
        var typed = (PercentileState<T, TKey, TRankKey>)other;
        for (int group = 0; group < groups.Length; group++)
        {
            _keys.TakeFull(typed._keys, group, groups[group]);
            _weights.TakeFull(typed._weights, group, groups[group]);
        }

        Merge(other, groups);
    }

    public override Vector[] Finish(int groupCount)
    {
        var columns = _call.Percentages.Select(_ => new T[groupCount]).ToArray();
        var validity = Bitmap.AllSet(groupCount);
        int[] ascending = Enumerable.Range(0, _call.Percentages.Length).OrderBy(index => _call.Percentages[index]).ToArray();
        for (int group = 0; group < groupCount; group++)
        {
            validity[group] = _keys.Count(group) > 0;
        }

        int workers = _keys.TotalCount >= MinParallelCount ? MaxWorkers : 1;
        Parallel.For(0, groupCount, new ParallelOptions { MaxDegreeOfParallelism = workers }, group =>
        {
            if (validity[group])
            {
                Select(group, ascending, columns);
            }
        });

        return _call.Columns(columns, validity);
    }

    public override void Write(BinaryWriter writer, int groupCount)
    {
        _keys.Write(writer, groupCount);
        if (_call.IsWeighted)
        {
            _weights.Write(writer, groupCount);
        }
    }

    public override void Read(BinaryReader reader, int groupCount)
    {
        _keys.Read(reader, groupCount);
        if (!_call.IsWeighted)
        {
            return;
        }

        _weights.Read(reader, groupCount);
        for (int group = 0; group < groupCount; group++)
        {
            if (_weights.Count(group) != _keys.Count(group))
            {
                throw new InvalidDataException($"{_keys.Count(group)} values and {_weights.Count(group)} weights of group {group}");
            }
        }
    }

    internal override void Release()
    {
        _keys.Release();
        _weights.Release();
    }

    private void Add(FixedVector<T> values, FixedVector<long>? weights, int row, int group)
    {
        if (values.IsNull(row) || (weights is not null && (weights.IsNull(row) || weights[row] <= 0)))
        {
            return;
        }

        _keys.Add(group, TRankKey.ToKey(values[row]));
        if (weights is not null)
        {
            _weights.Add(group, weights[row]);
        }
    }

    private void Select(int group, int[] ascending, T[][] columns)
    {
        int count = _keys.Count(group);
        List<ArraySegment<TKey>> segments = _keys.Segments(group);
        if (_call.IsWeighted)
        {
            SelectWeighted(Joined(segments, count), Joined(_weights.Segments(group), count), group, columns);
            return;
        }

        int[] ranks = Array.ConvertAll(ascending, percentage => NearestRank(_call.Percentages[percentage], count));
        var selected = new TKey[ranks.Length];
        RankSelector.Select(segments, count, ranks, selected);
        for (int rank = 0; rank < ranks.Length; rank++)
        {
            columns[ascending[rank]][group] = TRankKey.FromKey(selected[rank]);
        }
    }

    private static TItem[] Joined<TItem>(List<ArraySegment<TItem>> segments, int count)
    {
        var items = new TItem[count];
        int copied = 0;
        foreach (ArraySegment<TItem> segment in segments)
        {
            segment.AsSpan().CopyTo(items.AsSpan(copied));
            copied += segment.Count;
        }

        return items;
    }

    private void SelectWeighted(Span<TKey> keys, Span<long> weights, int group, T[][] columns)
    {
        keys.Sort(weights);
        decimal total = 0;
        foreach (long weight in weights)
        {
            total += weight;
        }

        for (int percentage = 0; percentage < columns.Length; percentage++)
        {
            decimal wanted = _call.RankOf(percentage, total);
            decimal seen = weights[0];
            int index = 0;
            while (seen < wanted && index < keys.Length - 1)
            {
                seen += weights[++index];
            }

            columns[percentage][group] = TRankKey.FromKey(keys[index]);
        }
    }

    // The nearest rank: the least value that at least p per cent of all values do not exceed.
    private static int NearestRank(double percentage, int count) =>
        Math.Clamp((int)Math.Ceiling(percentage / 100 * count) - 1, 0, count - 1);
}
