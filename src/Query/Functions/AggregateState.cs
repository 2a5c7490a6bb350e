using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions;

/// <summary>
/// The running state of one aggregate for all groups at once, by dense group number. Mergeable (parallel scans, stream
/// slots) and
/// serialisable (checkpoints). One owner at a time.
/// </summary>
public abstract class AggregateState
{
    /// <summary>Makes room for groups 0 … <paramref name="groupCount"/> − 1; new ones start empty.</summary>
    public abstract void EnsureGroups(int groupCount);

    /// <summary>Takes in rows.</summary>
    /// <param name="arguments">Vectors of the kernel's parameter types; any may be constant.</param>
    /// <param name="groups">The group of each row.</param>
    public abstract void Update(ReadOnlySpan<Vector> arguments, ReadOnlySpan<int> groups);

    /// <summary>Takes in rows that are all of one group.</summary>
    /// <param name="arguments">As for <see cref="Update"/>.</param>
    /// <param name="rowCount">Their rows.</param>
    /// <param name="group">The group.</param>
    public virtual void UpdateGroup(ReadOnlySpan<Vector> arguments, int rowCount, int group)
    {
        int[] groups = new int[rowCount];
        groups.AsSpan().Fill(group);
        Update(arguments, groups);
    }

    /// <summary>Most threads at work in <see cref="Finish"/>.</summary>
    internal int MaxWorkers { get; set; } = 1;

    /// <summary>True where <see cref="UpdateCounts"/> can be called: the state reads no arguments, and only counts
    /// rows.</summary>
    internal virtual bool OnlyCounts => false;

    /// <summary>Takes in numbers of rows.</summary>
    /// <param name="groups">Groups, each once or more.</param>
    /// <param name="counts">The rows of each.</param>
    internal virtual void UpdateCounts(ReadOnlySpan<int> groups, ReadOnlySpan<int> counts) =>
        throw new InvalidOperationException($"{GetType().Name} needs rows");

    /// <summary>Adds another state of the same kernel.</summary>
    /// <param name="other">Not changed.</param>
    /// <param name="groups">For each group of <paramref name="other"/>, the group here it is added to.</param>
    public abstract void Merge(AggregateState other, ReadOnlySpan<int> groups);

    /// <summary>As <see cref="Merge"/>, but the other is not used afterwards and may lose what it holds.</summary>
    internal virtual void Absorb(AggregateState other, ReadOnlySpan<int> groups) => Merge(other, groups);

    /// <summary>The result columns, one row per group; groups without rows give the aggregate's value of
    /// nothing.</summary>
    public abstract Vector[] Finish(int groupCount);

    /// <summary>Gives lent memory back; the state is not used afterwards.</summary>
    internal virtual void Release()
    {
    }

    /// <summary>True where a group has more to it than is kept: its result is near the right one.</summary>
    public virtual bool IsEstimate => false;

    /// <summary>Bytes of memory the state takes, about. Asked for after every batch: must not walk the
    /// groups.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>Writes all groups, little-endian, so that <see cref="Read"/> of the same version restores
    /// them.</summary>
    public abstract void Write(BinaryWriter writer, int groupCount);

    /// <summary>Restores what <see cref="Write"/> wrote into an empty state.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a state.</exception>
    public abstract void Read(BinaryReader reader, int groupCount);
}
