using Bongsu.Stream;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Judges;

/// <summary>A judge before a rule's state: values of windows in, the rows that fire on.</summary>
internal sealed class JudgingConsumer : WindowConsumer
{
    // A judge that learns for so long that more windows than this wait is asked without having learnt.
    private const int MaxWaiting = 1_000;

    private readonly Judge _judge;
    private readonly WindowConsumer _told;
    private readonly Queue<WindowResult> _waiting = [];
    private ContinuousQuery? _query;

    public JudgingConsumer(Judge judge, WindowConsumer told)
    {
        _judge = judge;
        _told = told;
    }

    /// <inheritdoc/>
    /// <remarks>A window that waits may fire, and end with a silent one.</remarks>
    public override bool IsQuiet => _waiting.Count == 0 && _told.IsQuiet && _judge.IsQuiet;

    /// <inheritdoc/>
    public override bool HasPending => _told.HasPending;

    /// <inheritdoc/>
    public override bool IsFailing => _told.IsFailing;

    /// <inheritdoc/>
    public override long WaitingEndTicks => _waiting.Select(result => result.EndTicks).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>End of the first window that waits; null where none does. On the stream's loop.</summary>
    public long? FirstWaitingTicks => _waiting.FirstOrDefault(result => !result.IsCorrection)?.EndTicks;

    /// <summary>Says which query the values are of.</summary>
    public void Attach(ContinuousQuery query) => _query = query;

    /// <summary>Judges what had to wait, as far as the judge has learnt for it. On the stream's loop.</summary>
    public void Resume()
    {
        while (_waiting.TryPeek(out WindowResult? first) && _judge.IsReadyFor(first))
        {
            Judge(_waiting.Dequeue());
        }
    }

    /// <inheritdoc/>
    public override bool Consume(WindowResult result)
    {
        if (_waiting.Count == 0 && _judge.IsReadyFor(result))
        {
            return Judge(result);
        }

        if (_waiting.Count >= MaxWaiting)
        {
            Judge(_waiting.Dequeue());
        }

        _waiting.Enqueue(result);
        return false;
    }

    /// <inheritdoc/>
    public override void ConsumeError(string? message, long atTicks) => _told.ConsumeError(message, atTicks);

    /// <inheritdoc/>
    public override Task DeliverAsync(CancellationToken cancellationToken) => _told.DeliverAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        _told.Write(writer);
        _judge.Write(writer);
    }

    /// <inheritdoc/>
    public override void Read(BinaryReader reader)
    {
        _told.Read(reader);
        _judge.Read(reader);
    }

    private bool Judge(WindowResult result) =>
        _told.Consume(result with { Rows = _judge.Fire(result, _query!.Plan!.KeyColumns), Before = null });
}
