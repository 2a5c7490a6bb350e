using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Sorting;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>One string or dynamic value per group.</summary>
internal sealed class BytesGroupValues : GroupValues
{
    private readonly ScalarType _type;
    private byte[]?[] _values = [];
    private long _bytes;

    public BytesGroupValues(ScalarType type)
    {
        _type = type;
    }

    public override long SizeBytes => _bytes + (8L * _values.Length);

    public override void EnsureGroups(int groupCount) => GroupArray.Ensure(ref _values, groupCount);

    public override void Set(int group, Vector source, int row) => Keep(group, Bytes(source, row));

    public override void Copy(int group, GroupValues other, int otherGroup) =>
        Keep(group, ((BytesGroupValues)other)._values[otherGroup]);

    public override int CompareTo(int group, Vector source, int row) => Compare(Bytes(source, row), _values[group]);

    public override int CompareTo(int group, GroupValues other, int otherGroup) =>
        Compare(((BytesGroupValues)other)._values[otherGroup], _values[group]);

    public override Vector ToVector(int groupCount)
    {
        if (_type == ScalarType.String)
        {
            var strings = new StringVectorBuilder();
            for (int group = 0; group < groupCount; group++)
            {
                strings.Append(_values[group].AsSpan());
            }

            return strings.Build();
        }

        var values = new DynamicVectorBuilder();
        for (int group = 0; group < groupCount; group++)
        {
            values.Append(_values[group]);
        }

        return values.Build();
    }

    private static ReadOnlySpan<byte> Bytes(Vector source, int row) =>
        source is StringVector text ? text[row] : ((DynamicVector)source)[row].Bytes;

    private int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        _type == ScalarType.String
            ? left.SequenceCompareTo(right)
            : DynamicOrder.Compare(new DynamicReader(left), new DynamicReader(right));

    private void Keep(int group, ReadOnlySpan<byte> bytes)
    {
        byte[]? known = _values[group];
        if (known is not null && bytes.SequenceEqual(known))
        {
            return;
        }

        // 24 bytes: the header of an array.
        _bytes += bytes.Length + 24 - (known is null ? 0 : known.Length + 24);
        _values[group] = bytes.ToArray();
    }
}
