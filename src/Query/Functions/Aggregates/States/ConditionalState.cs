using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Hands to another state only the rows whose predicate, one of the arguments, is true.</summary>
internal sealed class ConditionalState : AggregateState
{
    private readonly AggregateState _inner;
    private readonly int _predicateIndex;

    public ConditionalState(AggregateState inner, int predicateIndex)
    {
        _inner = inner;
        _predicateIndex = predicateIndex;
    }

    public override long SizeBytes => _inner.SizeBytes;

    public override void EnsureGroups(int groupCount) => _inner.EnsureGroups(groupCount);

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        int[] rows = TrueRows((FixedVector<bool>)arguments[_predicateIndex], groups.Length);
        if (rows.Length == groups.Length)
        {
            _inner.Update(Rest(arguments, null), groups);
            return;
        }

        int[] kept = new int[rows.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            kept[row] = groups[rows[row]];
        }

        _inner.Update(Rest(arguments, rows), kept);
    }

    public override void UpdateGroup(ReadOnlySpan<Vector> arguments, int rowCount, int group)
    {
        int[] rows = TrueRows((FixedVector<bool>)arguments[_predicateIndex], rowCount);
        _inner.UpdateGroup(Rest(arguments, rows.Length == rowCount ? null : rows), rows.Length, group);
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups) =>
        _inner.Merge(((ConditionalState)other)._inner, groups);

    public override Vector[] Finish(int groupCount) => _inner.Finish(groupCount);

    internal override void Absorb(AggregateState other, ReadOnlySpan<int> groups) =>
        _inner.Absorb(((ConditionalState)other)._inner, groups);

    internal override void Release() => _inner.Release();

    public override void Write(BinaryWriter writer, int groupCount) => _inner.Write(writer, groupCount);

    public override void Read(BinaryReader reader, int groupCount) => _inner.Read(reader, groupCount);

    private static int[] TrueRows(FixedVector<bool> predicate, int rowCount)
    {
        var rows = new List<int>(rowCount);
        for (int row = 0; row < rowCount; row++)
        {
            if (predicate[row] && !predicate.IsNull(row))
            {
                rows.Add(row);
            }
        }

        return rows.ToArray();
    }

    private Vector[] Rest(ReadOnlySpan<Vector> arguments, int[]? rows)
    {
        var rest = new List<Vector>(arguments.Length - 1);
        for (int argument = 0; argument < arguments.Length; argument++)
        {
            if (argument != _predicateIndex)
            {
                rest.Add(rows is null ? arguments[argument] : arguments[argument].Gather(rows));
            }
        }

        return rest.ToArray();
    }
}
