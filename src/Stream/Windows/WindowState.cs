using Bongsu.Core.Batches;

namespace Bongsu.Stream.Windows;

/// <summary>What a continuous query keeps of its rows, and computes the results of its windows from. One owner.</summary>
internal abstract class WindowState
{
    /// <summary>True where further rows can only add to what a window says: it may be told while it is open.</summary>
    public abstract bool IsMonotone { get; }

    /// <summary>True where a window without rows may still say something.</summary>
    public abstract bool TellsOfNothing { get; }

    /// <summary>Bytes of memory, about.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>Keys in the window computed last.</summary>
    public abstract int KeyCount { get; }

    /// <summary>What the window computed last says without the query's condition, where it was made to say so; else
    /// null.</summary>
    public virtual Batch? Values => null;

    /// <summary>True where the window computed last has values that are estimates.</summary>
    public virtual bool IsEstimate => false;

    /// <summary>Event time before the start of a window whose rows it still needs, in ticks.</summary>
    public abstract long ReachTicks { get; }

    /// <summary>The first and the last window end whose result rows of a slot may change.</summary>
    /// <param name="slotTicks">Start of the slot.</param>
    /// <param name="evaluatedEnd">End of the latest window told.</param>
    public abstract (long First, long Last) EndsOf(long slotTicks, long evaluatedEnd);

    /// <summary>The query starts: windows that end here or earlier are told only when a row comes for them.</summary>
    public virtual void Begin(long ticks)
    {
    }

    /// <summary>How far back, before any row that comes by, it must be told of by <see cref="Seed"/> before it can say
    /// anything; 0 where it need not (any more).</summary>
    public virtual long SeedTicks => 0;

    /// <summary>What stored rows of long ago say.</summary>
    public virtual void Seed(IReadOnlyList<Batch> batches)
    {
    }

    /// <summary>Takes in rows of one slot, after the query's row operators.</summary>
    /// <returns>Rows left out, since there are too many keys.</returns>
    public abstract int Add(long slotTicks, Batch rows);

    /// <summary>What the window that ends here says; ends come in order but for corrections.</summary>
    public abstract Batch Compute(long endTicks);

    /// <summary>What a window says that is still open; leaves no trace.</summary>
    public virtual Batch ComputeEarly(long endTicks) => Compute(endTicks);

    /// <summary>The first slot at or after a time from which a window may say something;
    /// <see cref="long.MaxValue"/> where there is none.</summary>
    public abstract long NextSlot(long ticks);

    /// <summary>Lets go of slots that start before a time.</summary>
    public abstract void RemoveBefore(long slotTicks);

    /// <summary>Writes everything.</summary>
    public abstract void Write(BinaryWriter writer);

    /// <summary>Restores what <see cref="Write"/> wrote, into an empty state of the same plan.</summary>
    public abstract void Read(BinaryReader reader);
}
