using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Sorting;

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
    private readonly ScalarType _type;
    private readonly double[] _percentages;
    private readonly bool _isWeighted;
    private readonly bool _asArray;
    private readonly Slabs<TKey> _keys = new();
    private readonly Slabs<int> _groups = new();
    private readonly Slabs<long> _weights = new();

    /// <summary>An empty state.</summary>
    /// <param name="type">Type of the values.</param>
    /// <param name="percentages">0 to 100, one result each.</param>
    /// <param name="isWeighted">A second argument says how often a value counts.</param>
    /// <param name="asArray">One dynamic array instead of a column for each percentage.</param>
    public PercentileState(ScalarType type, double[] percentages, bool isWeighted, bool asArray)
    {
        _type = type;
        _percentages = percentages;
        _isWeighted = isWeighted;
        _asArray = asArray;
    }

    public override long SizeBytes => _keys.SizeBytes + _groups.SizeBytes + _weights.SizeBytes;

    public override void EnsureGroups(int groupCount)
    {
    }

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        var values = (FixedVector<T>)arguments[0];
        var weights = _isWeighted ? (FixedVector<long>)arguments[1] : null;
        for (int row = 0; row < groups.Length; row++)
        {
            if (values.IsNull(row) || (weights is not null && (weights.IsNull(row) || weights[row] <= 0)))
            {
                continue;
            }

            _keys.Add(TRankKey.ToKey(values[row]));
            _groups.Add(groups[row]);
            if (weights is not null)
            {
                _weights.Add(weights[row]);
            }
        }
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        var typed = (PercentileState<T, TKey, TRankKey>)other;
        _keys.AddAll(typed._keys);
        _weights.AddAll(typed._weights);
        foreach (ArraySegment<int> slab in typed._groups.Segments())
        {
            foreach (int group in slab.AsSpan())
            {
                _groups.Add(groups[group]);
            }
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        int[] starts = Starts(groupCount);
        TKey[] keys = Scatter(_keys, starts);
        long[] weights = _isWeighted ? Scatter(_weights, starts) : [];
        var columns = _percentages.Select(_ => new T[groupCount]).ToArray();
        var validity = Bitmap.AllSet(groupCount);
        int[] ascending = Enumerable.Range(0, _percentages.Length).OrderBy(index => _percentages[index]).ToArray();
        for (int group = 0; group < groupCount; group++)
        {
            int start = starts[group];
            int count = starts[group + 1] - start;
            if (count == 0)
            {
                validity[group] = false;
                continue;
            }

            Span<TKey> own = keys.AsSpan(start, count);
            if (_isWeighted)
            {
                SelectWeighted(own, weights.AsSpan(start, count), group, columns);
            }
            else
            {
                Select(own, ascending, group, columns);
            }
        }

        Vector[] results = columns.Select(column => (Vector)new FixedVector<T>(_type, column, groupCount, validity)).ToArray();
        return _asArray ? [ToArrays(results, groupCount)] : results;
    }

    public override void Write(BinaryWriter writer, int groupCount)
    {
        _keys.Write(writer);
        _groups.Write(writer);
        _weights.Write(writer);
    }

    public override void Read(BinaryReader reader, int groupCount)
    {
        _keys.Read(reader);
        _groups.Read(reader);
        _weights.Read(reader);
        if (_groups.Count != _keys.Count || _weights.Count != (_isWeighted ? _keys.Count : 0))
        {
            throw new InvalidDataException($"{_keys.Count} values for {_groups.Count} groups and {_weights.Count} weights");
        }
    }

    // For each group where its values begin once sorted by group, and the end of the last.
    private int[] Starts(int groupCount)
    {
        int[] starts = new int[groupCount + 1];
        foreach (ArraySegment<int> slab in _groups.Segments())
        {
            foreach (int group in slab.AsSpan())
            {
                starts[group + 1]++;
            }
        }

        for (int group = 0; group < groupCount; group++)
        {
            starts[group + 1] += starts[group];
        }

        return starts;
    }

    private TItem[] Scatter<TItem>(Slabs<TItem> items, int[] starts)
        where TItem : unmanaged
    {
        var sorted = new TItem[items.Count];
        int[] next = starts.AsSpan().ToArray();
        using IEnumerator<ArraySegment<int>> groups = _groups.Segments().GetEnumerator();
        foreach (ArraySegment<TItem> slab in items.Segments())
        {
            groups.MoveNext();
            ReadOnlySpan<TItem> own = slab;
            ReadOnlySpan<int> ownGroups = groups.Current;
            for (int row = 0; row < own.Length; row++)
            {
                sorted[next[ownGroups[row]]++] = own[row];
            }
        }

        return sorted;
    }

    // Ascending percentages: each selection leaves smaller values before it, so the next looks only behind.
    private void Select(Span<TKey> keys, int[] ascending, int group, T[][] columns)
    {
        int from = 0;
        foreach (int percentage in ascending)
        {
            int rank = NearestRank(_percentages[percentage], keys.Length);
            TKey key = Selector.Select(keys[from..], rank - from);
            columns[percentage][group] = TRankKey.FromKey(key);
            from = rank;
        }
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
            decimal wanted = Math.Max(1, Math.Ceiling((decimal)_percentages[percentage] / 100 * total));
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

    private static DynamicVector ToArrays(Vector[] results, int groupCount)
    {
        var arrays = new DynamicVectorBuilder();
        var writer = new DynamicWriter();
        for (int group = 0; group < groupCount; group++)
        {
            if (results[0].IsNull(group))
            {
                arrays.AppendNull();
                continue;
            }

            writer.Clear();
            writer.BeginArray();
            foreach (Vector result in results)
            {
                Casts.WriteDynamic.Write(result, group, writer);
            }

            writer.EndArray();
            arrays.Append(writer.Written);
        }

        return (DynamicVector)arrays.Build();
    }
}
