using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Keeps every value, and its weight where there are weights; selects by nearest rank at the end. Exact.</summary>
internal sealed class PercentileState<T> : AggregateState
    where T : unmanaged, IComparable<T>
{
    private readonly ScalarType _type;
    private readonly double[] _percentages;
    private readonly bool _asArray;
    private readonly GroupedValues _values;
    private readonly GroupedValues? _weights;

    /// <summary>An empty state.</summary>
    /// <param name="type">Type of the values.</param>
    /// <param name="percentages">0 to 100, one result each.</param>
    /// <param name="isWeighted">A second argument says how often a value counts.</param>
    /// <param name="asArray">One dynamic array instead of a column for each percentage.</param>
    public PercentileState(ScalarType type, double[] percentages, bool isWeighted, bool asArray)
    {
        _type = type;
        _percentages = percentages;
        _asArray = asArray;
        _values = new GroupedValues(type);
        _weights = isWeighted ? new GroupedValues(ScalarType.Long) : null;
    }

    public override long SizeBytes => _values.SizeBytes + (_weights?.SizeBytes ?? 0);

    public override void EnsureGroups(int groupCount)
    {
    }

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        Vector values = arguments[0];
        if (_weights is null && !values.HasNulls)
        {
            _values.Add(values, groups);
            return;
        }

        int[] rows = NonNullRows.Of(values, groups, out int[] kept);
        if (_weights is not null)
        {
            var weights = (FixedVector<long>)arguments[1];
            bool[] counts = rows.Select(row => !weights.IsNull(row) && weights[row] > 0).ToArray();
            kept = kept.Where((_, index) => counts[index]).ToArray();
            rows = rows.Where((_, index) => counts[index]).ToArray();
            _weights.Add(weights, rows, kept);
        }

        _values.Add(values, rows, kept);
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        var typed = (PercentileState<T>)other;
        _values.Add(typed._values, groups);
        _weights?.Add(typed._weights!, groups);
    }

    public override Vector[] Finish(int groupCount)
    {
        int valueCount = _values.Count;
        var values = (FixedVector<T>)_values.TakeByGroup(groupCount, out int[] starts);
        var weights = (FixedVector<long>?)_weights?.TakeByGroup(groupCount, out _);
        T[] sorted = values.Values.ToArray();
        long[]? sortedWeights = weights?.Values.ToArray();
        var columns = _percentages.Select(_ => new FixedVectorBuilder<T>(_type)).ToArray();
        for (int group = 0; group < groupCount; group++)
        {
            int start = starts[group];
            Append(columns, sorted.AsSpan(start, starts[group + 1] - start), sortedWeights is null
                ? default
                : sortedWeights.AsSpan(start, starts[group + 1] - start));
        }

        // Taken out above; put back, so that Finish can be called again (stream windows).
        int[] groups = new int[valueCount];
        for (int group = 0; group < groupCount; group++)
        {
            groups.AsSpan(starts[group], starts[group + 1] - starts[group]).Fill(group);
        }

        _values.Add(values, groups);
        _weights?.Add(weights!, groups);
        Vector[] results = columns.Select(column => column.Build()).ToArray();
        return _asArray ? [ToArrays(results, groupCount)] : results;
    }

    public override void Write(BinaryWriter writer, int groupCount)
    {
        _values.Write(writer);
        _weights?.Write(writer);
    }

    public override void Read(BinaryReader reader, int groupCount)
    {
        _values.Read(reader);
        _weights?.Read(reader);
    }

    private static DynamicVector ToArrays(Vector[] results, int groupCount)
    {
        var arrays = new DynamicVectorBuilder();
        var writer = new DynamicWriter();
        for (int group = 0; group < groupCount; group++)
        {
            writer.Clear();
            writer.BeginArray();
            foreach (Vector result in results)
            {
                Casts.WriteDynamic.Write(result, group, writer);
            }

            writer.EndArray();
            if (results[0].IsNull(group))
            {
                arrays.AppendNull();
            }
            else
            {
                arrays.Append(writer.Written);
            }
        }

        return (DynamicVector)arrays.Build();
    }

    private void Append(FixedVectorBuilder<T>[] columns, Span<T> values, Span<long> weights)
    {
        if (values.IsEmpty)
        {
            foreach (FixedVectorBuilder<T> column in columns)
            {
                column.AppendNull();
            }

            return;
        }

        if (!weights.IsEmpty)
        {
            values.Sort(weights);
        }

        for (int result = 0; result < columns.Length; result++)
        {
            columns[result].Append(weights.IsEmpty
                ? Selector.Select(values, NearestRank(_percentages[result], values.Length))
                : Weighted(values, weights, _percentages[result]));
        }
    }

    // The nearest rank: the least value that at least p per cent of all values do not exceed.
    private static int NearestRank(double percentage, int count) =>
        Math.Clamp((int)Math.Ceiling(percentage / 100 * count) - 1, 0, count - 1);

    private static T Weighted(Span<T> values, Span<long> weights, double percentage)
    {
        decimal total = 0;
        foreach (long weight in weights)
        {
            total += weight;
        }

        decimal wanted = Math.Max(1, Math.Ceiling((decimal)percentage / 100 * total));
        decimal seen = 0;
        for (int index = 0; index < values.Length; index++)
        {
            seen += weights[index];
            if (seen >= wanted)
            {
                return values[index];
            }
        }

        return values[^1];
    }
}
