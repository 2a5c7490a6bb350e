using Bongsu.Core.Vectors;

namespace Bongsu.Stream.Events;

/// <summary>
/// What is remembered of one key, up to a point in event time. Rows are consumed in order of time; what it says depends
/// on them alone, never on how time was cut into windows.
/// </summary>
internal abstract class KeyWatch
{
    /// <summary>Who may change it; others copy it first.</summary>
    public object? Owner { get; set; }

    /// <summary>When something becomes of it though no row comes; <see cref="long.MaxValue"/> where nothing
    /// does.</summary>
    public virtual long TimerTicks => long.MaxValue;

    /// <summary>Bytes of memory, about.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>Takes in a row; timers before it are done.</summary>
    /// <param name="item">The row.</param>
    /// <param name="stretchTicks">Start of the window that is told next.</param>
    public abstract void Consume(in Event item, long stretchTicks);

    /// <summary>Does what timers before a time do.</summary>
    /// <param name="ticks">Excluded.</param>
    /// <param name="stretchTicks">Start of the window that is told next.</param>
    public virtual void Advance(long ticks, long stretchTicks)
    {
    }

    /// <summary>Whether it fires at any time of a stretch, all of whose rows were consumed.</summary>
    public abstract bool FiresIn(long fromTicks, long toTicks);

    /// <summary>The first time, from one on, at which it may fire though no row comes.</summary>
    public abstract long NextFiring(long fromTicks);

    /// <summary>Whether nothing needs to be remembered of it any more.</summary>
    /// <param name="ticks">What was before has been told.</param>
    public abstract bool IsOver(long ticks);

    /// <summary>Adds its values, where it fires in a stretch.</summary>
    /// <param name="values">One per value column of the detector.</param>
    /// <param name="terms">The columns of all terms.</param>
    /// <param name="fromTicks">Start of the stretch.</param>
    /// <param name="toTicks">End of the stretch, excluded.</param>
    public abstract void Tell(VectorBuilder[] values, Vector[] terms, long fromTicks, long toTicks);

    /// <summary>An independent copy.</summary>
    public virtual KeyWatch Copy() => (KeyWatch)MemberwiseClone();

    /// <summary>Notes the terms it holds.</summary>
    public virtual void HoldTerms(bool[] isHeld)
    {
    }

    /// <summary>Terms were numbered anew.</summary>
    public virtual void RenumberTerms(int[] moved)
    {
    }

    /// <summary>Writes everything.</summary>
    public abstract void Write(BinaryWriter writer);
}
