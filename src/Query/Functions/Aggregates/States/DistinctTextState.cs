using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Exact numbers of distinct strings: identifiers of shared dictionaries by their codes, the rest by
/// value.</summary>
internal sealed class DistinctTextState : AggregateState
{
    private readonly SharedMarks _marks = new();
    private readonly SetState _values = SetState.OfCount(ScalarType.String);

    public override long SizeBytes => _marks.SizeBytes + _values.SizeBytes;

    public override void EnsureGroups(int groupCount) => _values.EnsureGroups(groupCount);

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        if (arguments[0] is not StringVector { Shared: not null } shared || !_marks.TryMark(shared, groups))
        {
            _values.Update(arguments, groups);
        }
    }

    public override void UpdateGroup(ReadOnlySpan<Vector> arguments, int rowCount, int group)
    {
        if (arguments[0] is not StringVector { Shared: not null } shared || !_marks.TryMark(shared, group))
        {
            _values.UpdateGroup(arguments, rowCount, group);
        }
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        var typed = (DistinctTextState)other;
        _marks.Merge(typed._marks, groups);
        _values.Merge(typed._values, groups);
    }

    public override Vector[] Finish(int groupCount)
    {
        if (!_values.IsEmpty || _marks.All.Count == 0)
        {
            TakeValues();
            return _values.Finish(groupCount);
        }

        long[] counts = new long[groupCount];
        foreach (var own in _marks.All.GroupBy(mark => mark.Key.Group, mark => (mark.Key.Dictionary, mark.Value)))
        {
            if (!DistinctIdentifiers.TryCount([.. own], out counts[own.Key]))
            {
                TakeValues();
                return _values.Finish(groupCount);
            }
        }

        return [new FixedVector<long>(ScalarType.Long, counts, groupCount)];
    }

    public override void Write(BinaryWriter writer, int groupCount)
    {
        TakeValues();
        _values.Write(writer, groupCount);
    }

    public override void Read(BinaryReader reader, int groupCount) => _values.Read(reader, groupCount);

    private void TakeValues()
    {
        foreach (((SharedDictionary dictionary, int group), Bitmap marks) in _marks.All)
        {
            StringVector values = SharedMarks.Marked(dictionary, marks);
            _values.UpdateGroup([values], values.Length, group);
        }

        _marks.Clear();
    }
}
