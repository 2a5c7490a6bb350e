using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>A <see cref="DistinctSketch"/> per group.</summary>
internal sealed class SketchState : AggregateState
{
    private readonly int _indexBits;
    private DistinctSketch?[] _sketches = [];
    private long _sketchBytes;

    // Identifiers of shared dictionaries are hashed once, in the end.
    private readonly SharedMarks _marks = new();

    public SketchState(int indexBits)
    {
        _indexBits = indexBits;
    }

    public override long SizeBytes => _sketchBytes + (8L * _sketches.Length) + _marks.SizeBytes;

    public override void EnsureGroups(int groupCount) => GroupArray.Ensure(ref _sketches, groupCount);

    public override void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups)
    {
        Vector values = arguments[0];
        if (values is StringVector { Shared: not null } shared && _marks.TryMark(shared, groups))
        {
            return;
        }

        ulong[] hashes = new ulong[groups.Length];
        ValueHash.Compute(values, hashes);
        for (int row = 0; row < groups.Length; row++)
        {
            if (!values.IsNull(row))
            {
                DistinctSketch sketch = Sketch(groups[row]);
                if (sketch.Add(hashes[row]))
                {
                    _sketchBytes += sketch.TakeGrowth();
                }
            }
        }
    }

    public override void Merge(AggregateState other, ReadOnlySpan<int> groups)
    {
        var typed = (SketchState)other;
        _marks.Merge(typed._marks, groups);
        for (int group = 0; group < groups.Length; group++)
        {
            if (typed._sketches[group] is { } sketch)
            {
                DistinctSketch own = Sketch(groups[group]);
                own.Merge(sketch);
                _sketchBytes += own.TakeGrowth();
            }
        }
    }

    public override Vector[] Finish(int groupCount)
    {
        HashMarks();
        long[] estimates = new long[groupCount];
        for (int group = 0; group < groupCount; group++)
        {
            estimates[group] = _sketches[group]?.Estimate() ?? 0;
        }

        return [new FixedVector<long>(ScalarType.Long, estimates, groupCount)];
    }

    public override void Write(BinaryWriter writer, int groupCount)
    {
        HashMarks();
        for (int group = 0; group < groupCount; group++)
        {
            (_sketches[group] ?? new DistinctSketch(_indexBits)).Write(writer);
        }
    }

    public override void Read(BinaryReader reader, int groupCount)
    {
        EnsureGroups(groupCount);
        for (int group = 0; group < groupCount; group++)
        {
            Sketch(group).Read(reader);
            _sketchBytes += _sketches[group]!.TakeGrowth();
        }
    }

    private void HashMarks()
    {
        foreach (((SharedDictionary dictionary, int group), Bitmap marks) in _marks.All)
        {
            DistinctSketch sketch = Sketch(group);
            foreach (ulong hash in ValueHash.OfEntries(dictionary, marks.ToSelection()))
            {
                sketch.Add(hash);
            }

            _sketchBytes += sketch.TakeGrowth();
        }

        _marks.Clear();
    }

    private DistinctSketch Sketch(int group) => _sketches[group] ??= new DistinctSketch(_indexBits);
}
