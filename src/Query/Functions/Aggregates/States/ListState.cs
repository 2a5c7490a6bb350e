using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Arrays of all values, in the order they come, up to a size.</summary>
internal sealed class ListState : AggregateState
{
    private readonly bool _keepsNulls;
    private readonly long _maxSize;
    private readonly GroupedValues _values;
    private long[] _counts = [];

    public ListState(ScalarType type, bool keepsNulls, long maxSize)
    {
        _keepsNulls = keepsNulls;
        _maxSize = maxSize;
        _values = new GroupedValues(type);
    }

    public override long SizeBytes => _values.SizeBytes + (8L * _counts.Length);

    public override void EnsureGroups(int groupCount) => GroupArray.Ensure(ref _counts, groupCount);

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups) => Add(arguments[0], groups);

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        GroupedValues values = ((ListState)other)._values;
        int[] mapped = new int[values.Count];
        for (int value = 0; value < mapped.Length; value++)
        {
            mapped[value] = groups[values.Groups[value]];
        }

        Add(values.Peek(), mapped);
    }

    public override Vector[] Finish(int groupCount)
    {
        Vector values = _values.Peek();
        List<int>[] rows = new List<int>[groupCount];
        for (int value = 0; value < values.Length; value++)
        {
            (rows[_values.Groups[value]] ??= []).Add(value);
        }

        var arrays = new DynamicVectorBuilder();
        var writer = new DynamicWriter();
        for (int group = 0; group < groupCount; group++)
        {
            writer.Clear();
            writer.BeginArray();
            foreach (int row in rows[group] ?? [])
            {
                writer.WriteValue(values, row);
            }

            writer.EndArray();
            arrays.Append(writer.Written);
        }

        return [arrays.Build()];
    }

    public override void Write(BinaryWriter writer, int groupCount) => _values.Write(writer);

    public override void Read(BinaryReader reader, int groupCount)
    {
        EnsureGroups(groupCount);
        _values.Read(reader);
        foreach (int group in _values.Groups)
        {
            _counts[group]++;
        }
    }

    private void Add(Vector values, ReadOnlySpan<int> groups)
    {
        var rows = new List<int>(groups.Length);
        var kept = new List<int>(groups.Length);
        for (int row = 0; row < groups.Length; row++)
        {
            if ((_keepsNulls || !values.IsNull(row)) && _counts[groups[row]] < _maxSize)
            {
                _counts[groups[row]]++;
                rows.Add(row);
                kept.Add(groups[row]);
            }
        }

        _values.Add(values, rows.ToArray(), kept.ToArray());
    }
}
