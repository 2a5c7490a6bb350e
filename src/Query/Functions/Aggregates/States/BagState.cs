using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Grouping;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>
/// One bag per group of all properties; of a repeated key the first value stays. What is no bag is skipped.
/// </summary>
internal sealed class BagState : AggregateState
{
    private readonly long _maxSize;
    private readonly GroupTable _keys = new([ScalarType.Int, ScalarType.String]);

    // The value of each (group, key) pair.
    private readonly List<byte[]> _values = [];
    private long _valueBytes;

    public BagState(long maxSize)
    {
        _maxSize = maxSize;
    }

    public override long SizeBytes => _keys.SizeBytes + _valueBytes;

    public override void EnsureGroups(int groupCount)
    {
    }

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        var bags = (DynamicVector)arguments[0];
        for (int row = 0; row < groups.Length; row++)
        {
            DynamicReader bag = bags[row];
            for (int index = 0; bag.Kind == DynamicKind.Bag && index < bag.Count; index++)
            {
                Add(groups[row], bag.KeyAt(index), bag.ValueAt(index).Bytes);
            }
        }
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        var typed = (BagState)other;
        Vector[] keys = typed._keys.Keys();
        for (int pair = 0; pair < typed._values.Count; pair++)
        {
            Add(groups[((FixedVector<int>)keys[0])[pair]], ((StringVector)keys[1])[pair], typed._values[pair]);
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        Vector[] keys = _keys.Keys();
        var pairs = new List<int>?[groupCount];
        for (int pair = 0; pair < _values.Count; pair++)
        {
            List<int> own = pairs[((FixedVector<int>)keys[0])[pair]] ??= [];
            if (own.Count < _maxSize)
            {
                own.Add(pair);
            }
        }

        var bags = new DynamicVectorBuilder();
        var writer = new DynamicWriter();
        foreach (List<int>? own in pairs)
        {
            writer.Clear();
            writer.BeginBag();
            foreach (int pair in own ?? [])
            {
                writer.WriteKey(((StringVector)keys[1])[pair]);
                writer.WriteValue(new DynamicReader(_values[pair]));
            }

            writer.EndBag();
            bags.Append(writer.Written);
        }

        return [bags.Build()];
    }

    public override void Write(BinaryWriter writer, int groupCount)
    {
        _keys.Write(writer);
        foreach (byte[] value in _values)
        {
            Execution.VectorCodec.WriteBytes(writer, value);
        }
    }

    public override void Read(BinaryReader reader, int groupCount)
    {
        _keys.Read(reader);
        while (_values.Count < _keys.GroupCount)
        {
            _values.Add(Execution.VectorCodec.ReadBytes(reader));
            _valueBytes += _values[^1].Length + 32;
        }
    }

    private void Add(int group, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Span<int> pair = stackalloc int[1];
        _keys.Assign(
            [FixedVector<int>.Constant(ScalarType.Int, group, isNull: false, 1), StringVector.Constant(key, 1)], pair);
        if (pair[0] == _values.Count)
        {
            _values.Add(value.ToArray());
            _valueBytes += value.Length + 32;
        }
    }
}
