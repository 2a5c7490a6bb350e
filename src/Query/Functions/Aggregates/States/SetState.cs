using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Grouping;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Distinct values by group, in the order they come; written as arrays, or counted.</summary>
/// <remarks>A table of (group, value) pairs; of dynamic arrays the elements are taken where arrays are
/// written.</remarks>
internal sealed class SetState : AggregateState
{
    private readonly ScalarType _type;
    private readonly long _maxSize;
    private readonly bool _isCount;
    private readonly GroupTable _pairs;

    /// <summary>Arrays of at most <paramref name="maxSize"/> values.</summary>
    public SetState(ScalarType type, long maxSize)
    {
        _type = type;
        _maxSize = maxSize;
        _pairs = new GroupTable([ScalarType.Int, type]);
    }

    private SetState(ScalarType type)
        : this(type, long.MaxValue)
    {
        _isCount = true;
    }

    public override long SizeBytes => _pairs.SizeBytes;

    /// <summary>True where no value came yet.</summary>
    public bool IsEmpty => _pairs.GroupCount == 0;

    /// <summary>The group and the value of each pair.</summary>
    public (FixedVector<int> Groups, Vector Values) Pairs()
    {
        Vector[] keys = _pairs.Keys();
        return ((FixedVector<int>)keys[0], keys[1]);
    }

    /// <summary>Exact numbers of distinct values.</summary>
    public static SetState OfCount(ScalarType type) => new(type);

    public override void EnsureGroups(int groupCount)
    {
    }

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        Vector values = arguments[0];
        if (_type == ScalarType.Dynamic && !_isCount)
        {
            AddElements((DynamicVector)values, groups);
            return;
        }

        if (!values.HasNulls)
        {
            Add(values, groups.ToArray());
            return;
        }

        int[] rows = NonNullRows.Of(values, groups, out int[] kept);
        Add(values.Gather(rows), kept);
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        (FixedVector<int> own, Vector values) = ((SetState)other).Pairs();
        int[] mapped = new int[own.Length];
        for (int pair = 0; pair < mapped.Length; pair++)
        {
            mapped[pair] = groups[own[pair]];
        }

        Add(values, mapped);
    }

    public override Vector[] Finish(int groupCount)
    {
        (FixedVector<int> groups, Vector values) = Pairs();
        return [_isCount ? Counts(groups, groupCount) : Arrays(groups, values, groupCount)];
    }

    public override void Write(BinaryWriter writer, int groupCount) => _pairs.Write(writer);

    public override void Read(BinaryReader reader, int groupCount) => _pairs.Read(reader);

    private static FixedVector<long> Counts(FixedVector<int> groups, int groupCount)
    {
        long[] counts = new long[groupCount];
        for (int pair = 0; pair < groups.Length; pair++)
        {
            counts[groups[pair]]++;
        }

        return new FixedVector<long>(ScalarType.Long, counts, groupCount);
    }

    private Vector Arrays(FixedVector<int> groups, Vector values, int groupCount)
    {
        var rows = new List<int>?[groupCount];
        for (int pair = 0; pair < groups.Length; pair++)
        {
            List<int> own = rows[groups[pair]] ??= [];
            if (own.Count < _maxSize)
            {
                own.Add(pair);
            }
        }

        var arrays = new DynamicVectorBuilder();
        var writer = new DynamicWriter();
        foreach (List<int>? own in rows)
        {
            writer.Clear();
            writer.BeginArray();
            foreach (int pair in own ?? [])
            {
                writer.WriteValue(values, pair);
            }

            writer.EndArray();
            arrays.Append(writer.Written);
        }

        return arrays.Build();
    }

    private void AddElements(DynamicVector values, ReadOnlySpan<int> groups)
    {
        var elements = new DynamicVectorBuilder();
        var elementGroups = new List<int>();
        for (int row = 0; row < groups.Length; row++)
        {
            DynamicReader value = values[row];
            bool isArray = value.Kind == DynamicKind.Array;
            int count = isArray ? value.Count : value.IsNull ? 0 : 1;
            for (int index = 0; index < count; index++)
            {
                DynamicReader element = isArray ? value.ElementAt(index) : value;
                if (!element.IsNull)
                {
                    elements.Append(element.Bytes);
                    elementGroups.Add(groups[row]);
                }
            }
        }

        Add(elements.Build(), elementGroups.ToArray());
    }

    private void Add(Vector values, int[] groups) =>
        _pairs.Assign([new FixedVector<int>(ScalarType.Int, groups, groups.Length), values], new int[groups.Length]);
}
