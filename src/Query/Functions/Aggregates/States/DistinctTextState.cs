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
        if (_marks.All.Count == 0)
        {
            return _values.Finish(groupCount);
        }

        var sources = new List<(SharedDictionary, Bitmap)>[groupCount];
        for (int group = 0; group < groupCount; group++)
        {
            sources[group] = [];
        }

        foreach (((SharedDictionary dictionary, int group), Bitmap marks) in _marks.All)
        {
            sources[group].Add((dictionary, marks));
        }

        long[] counts = new long[groupCount];
        bool areCounted = _values.IsEmpty || TryAddValues(sources);
        for (int group = 0; group < groupCount && areCounted; group++)
        {
            areCounted = sources[group].Count == 0 || DistinctIdentifiers.TryCount(sources[group], MaxWorkers, out counts[group]);
        }

        if (areCounted)
        {
            return [new FixedVector<long>(ScalarType.Long, counts, groupCount)];
        }

        TakeValues();
        return _values.Finish(groupCount);
    }

    public override void Write(BinaryWriter writer, int groupCount)
    {
        TakeValues();
        _values.Write(writer, groupCount);
    }

    public override void Read(BinaryReader reader, int groupCount) => _values.Read(reader, groupCount);

    // Values of rows that are in no part yet, as a dictionary more for each group; false where one is no such identifier.
    private bool TryAddValues(List<(SharedDictionary, Bitmap)>[] sources)
    {
        SharedDictionary first = _marks.All.First().Key.Dictionary;
        (FixedVector<int> groups, Vector values) = _values.Pairs();
        var texts = (StringVector)values;
        var rows = new List<int>?[sources.Length];
        for (int row = 0; row < texts.Length; row++)
        {
            (rows[groups[row]] ??= []).Add(row);
        }

        for (int group = 0; group < rows.Length; group++)
        {
            if (rows[group] is not { } own)
            {
                continue;
            }

            byte[] bytes = new byte[own.Count * first.WidthBytes];
            int emptyCode = -1;
            for (int entry = 0; entry < own.Count; entry++)
            {
                ReadOnlySpan<byte> text = texts[own[entry]];
                emptyCode = text.IsEmpty ? entry : emptyCode;
                if (!text.IsEmpty && !IdentifierText.TryParse(first.Form, text, bytes.AsSpan(entry * first.WidthBytes, first.WidthBytes)))
                {
                    return false;
                }
            }

            sources[group].Add((new SharedDictionary(first.Form, first.WidthBytes, bytes, own.Count, emptyCode), Bitmap.AllSet(own.Count)));
        }

        return true;
    }

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
