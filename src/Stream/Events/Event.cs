namespace Bongsu.Stream.Events;

/// <summary>One row of a slot as a detector sees it.</summary>
/// <param name="Ticks">Event time.</param>
/// <param name="Order">Order of arrival within the slot: it decides where times are the same.</param>
/// <param name="Key">Number of its key.</param>
/// <param name="Mark">What the detector took from the row: a term's number, or bits.</param>
/// <param name="Weight">1, and the rows of the key right before it that were thinned out.</param>
internal readonly record struct Event(long Ticks, int Order, int Key, int Mark, int Weight) : IComparable<Event>
{
    /// <summary>Bytes of memory.</summary>
    public const int SizeBytes = 24;

    /// <inheritdoc/>
    public int CompareTo(Event other) =>
        Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks) : Order.CompareTo(other.Order);
}
