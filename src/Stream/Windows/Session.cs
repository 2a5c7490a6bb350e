namespace Bongsu.Stream.Windows;

/// <summary>Rows of one key that follow each other closely.</summary>
/// <param name="id">Tells sessions apart that close at the same time.</param>
/// <param name="slot">Aggregates of its rows.</param>
internal sealed class Session(long id, Slot slot)
{
    /// <summary>Order by the time it closes.</summary>
    public static IComparer<Session> ByClose { get; } = Comparer<Session>.Create(
        static (left, right) => (left.CloseTicks, left.Id).CompareTo((right.CloseTicks, right.Id)));

    public long Id { get; } = id;

    public Slot Slot { get; } = slot;

    /// <summary>Number of its key.</summary>
    public int Key { get; set; }

    /// <summary>Time of its first row.</summary>
    public long FirstTicks { get; set; }

    /// <summary>Time after which no further row belongs to it.</summary>
    public long CloseTicks { get; set; }
}
