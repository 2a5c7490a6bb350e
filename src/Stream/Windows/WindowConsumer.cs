namespace Bongsu.Stream.Windows;

/// <summary>
/// Who is told the results of a continuous query. Its state is kept in the query's checkpoint, so that both are always
/// of the
/// same moment. Called by one thread at a time.
/// </summary>
public abstract class WindowConsumer
{
    /// <summary>True where empty results would change nothing: they may then be left out.</summary>
    public abstract bool IsQuiet { get; }

    /// <summary>True where something waits to be delivered.</summary>
    public abstract bool HasPending { get; }

    /// <summary>End of the first window that was taken but is in no state that <see cref="Write"/> writes;
    /// <see cref="long.MaxValue"/> where there is none. After a restart it is told again.</summary>
    public virtual long WaitingEndTicks => long.MaxValue;

    /// <summary>Takes a result: windows in order of their end; corrections of told windows in between.</summary>
    /// <returns>True where a correction changed what had been told.</returns>
    public abstract bool Consume(WindowResult result);

    /// <summary>The query failed on rows or on a window (null: it works again).</summary>
    public abstract void ConsumeError(string? message, long atTicks);

    /// <summary>True where it was told that the query fails, and not yet that it works again.</summary>
    public virtual bool IsFailing => false;

    /// <summary>
    /// Hands on what is pending, after the checkpoint that holds it is durable. May be repeated after a crash: whoever
    /// takes
    /// it must know it again by its id.
    /// </summary>
    public abstract Task DeliverAsync(CancellationToken cancellationToken);

    /// <summary>Writes the state.</summary>
    public abstract void Write(BinaryWriter writer);

    /// <summary>Restores what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a state.</exception>
    public abstract void Read(BinaryReader reader);
}
