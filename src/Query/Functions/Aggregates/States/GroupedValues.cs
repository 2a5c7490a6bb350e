using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>All values of a column with their groups, in the order they came.</summary>
internal sealed class GroupedValues
{
    private readonly ScalarType _type;
    private VectorBuilder _values;
    private int[] _groups = [];

    public GroupedValues(ScalarType type)
    {
        _type = type;
        _values = VectorBuilder.Create(type);
    }

    /// <summary>Number of values.</summary>
    public int Count => _values.Count;

    /// <summary>Bytes of memory, about.</summary>
    public long SizeBytes => _values.SizeBytes + (4L * _groups.Length);

    /// <summary>Adds some rows.</summary>
    public void Add(Vector source, ReadOnlySpan<int> rows, ReadOnlySpan<int> groups)
    {
        Reserve(rows.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            _groups[_values.Count + row] = groups[row];
        }

        _values.AppendRows(source, rows);
    }

    private void AddAllRows(Vector source, ReadOnlySpan<int> groups)
    {
        Reserve(groups.Length);
        groups.CopyTo(_groups.AsSpan(_values.Count));
        _values.AppendRange(source, 0, groups.Length);
    }

    /// <summary>The group of each value, in the order they came.</summary>
    public ReadOnlySpan<int> Groups => _groups.AsSpan(0, Count);

    /// <summary>All values in the order they came; they stay.</summary>
    public Vector Peek()
    {
        Vector values = _values.Build();
        _values = VectorBuilder.Create(_type);
        _values.AppendRange(values, 0, values.Length);
        return values;
    }

    public void Write(BinaryWriter writer)
    {
        Vector values = Peek();
        writer.Write(values.Length);
        VectorCodec.WriteSpan(writer, Groups);
        VectorCodec.Write(writer, values);
    }

    public void Read(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        int[] groups = new int[count];
        VectorCodec.ReadSpan(reader, groups.AsSpan());
        AddAllRows(VectorCodec.Read(reader, _type, count), groups);
    }

    private void Reserve(int extra) => GroupArray.Ensure(ref _groups, checked(_values.Count + extra));
}
