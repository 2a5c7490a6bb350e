using System.Threading.Channels;

namespace Bongsu.Alert.Channels;

/// <summary>
/// Sends the notifications of one channel, one after another in the order they were made: so an alert's resolving never
/// overtakes its firing.
/// </summary>
internal sealed class ChannelQueue : IAsyncDisposable
{
    /// <summary>Most notifications waiting; further ones are dropped and logged as such.</summary>
    public const int MaxWaiting = 10_000;

    // Notes of what was sent are synced together while the next is on its way: a crash repeats no more than these.
    private const int MaxNotes = 32;

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    private readonly Func<(Channel? Channel, bool MayCome)> _channel;
    private readonly ChannelSender _sender;
    private readonly RetryPolicy _retries;
    private readonly TimeProvider _time;
    private readonly Func<Notification, Task> _record;
    private readonly Channel<Notification> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Random _random;
    private readonly List<Task> _notes = [];
    private readonly Task _loop;

    /// <summary>Starts sending.</summary>
    /// <param name="name">The channel's name.</param>
    /// <param name="channel">Its definition as it is now; null where it is not there, and whether it may
    /// come: if not, it was removed.</param>
    /// <param name="sender">Who posts.</param>
    /// <param name="retries">When to try again.</param>
    /// <param name="time">The clock.</param>
    /// <param name="record">Told of every change of a notification; durable when it completes. Never fails.</param>
    public ChannelQueue(
        string name,
        Func<(Channel? Channel, bool MayCome)> channel,
        ChannelSender sender,
        RetryPolicy retries,
        TimeProvider time,
        Func<Notification, Task> record)
    {
        _channel = channel;
        _sender = sender;
        _retries = retries;
        _time = time;
        _record = record;
        _random = new Random(name.Length);
        _waiting = System.Threading.Channels.Channel.CreateBounded<Notification>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Adds a notification; false where too many wait.</summary>
    public bool TryAdd(Notification notification) => _waiting.Writer.TryWrite(notification);

    /// <summary>
    /// Stops; what waits stays in the log. A message on its way is given a moment to arrive and be noted: cut off, it
    /// would be
    /// sent again at the next start, though its receiver may have it.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _abort.CancelAfter(s_grace);
        await _loop;
        _stop.Dispose();
        _abort.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (Notification notification in _waiting.Reader.ReadAllAsync(_stop.Token))
            {
                await DeliverAsync(notification);
                if (_notes.Count >= MaxNotes || _waiting.Reader.Count == 0)
                {
                    await NotesAsync();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested || _abort.IsCancellationRequested)
        {
            // The pending ones are in the log.
        }

        await NotesAsync();
    }

    private async Task NotesAsync()
    {
        await Task.WhenAll(_notes);
        _notes.Clear();
    }

    private async Task DeliverAsync(Notification notification)
    {
        for (Notification current = notification; ;)
        {
            (Channel? channel, bool mayCome) = _channel();
            if (channel is null && !mayCome)
            {
                End(current, Notification.Failed, "the channel was removed");
                return;
            }

            if (_time.GetUtcNow().UtcTicks - current.CreatedTicks > _retries.MaxAge.Ticks)
            {
                End(current, Notification.Failed, $"given up after {current.Attempts} tries: {current.Error}");
                return;
            }

            _stop.Token.ThrowIfCancellationRequested();
            if (channel is null)
            {
                await Task.Delay(_retries.FirstDelay, _time, _stop.Token);
                continue;
            }

            SendOutcome outcome = await _sender.SendAsync(channel, current, _abort.Token);
            current = current with { Attempts = current.Attempts + 1, Error = outcome.Error };
            if (outcome.IsFinal)
            {
                End(current, outcome.IsDelivered ? Notification.Delivered : Notification.Refused, outcome.Error);
                return;
            }

            TimeSpan delay = _retries.DelayAfter(current.Attempts, _random);
            delay = outcome.RetryAfter is { } asked && asked > delay ? asked : delay;
            await _record(current);
            await Task.Delay(delay, _time, _stop.Token);
        }
    }

    private void End(Notification notification, string status, string? error) =>
        _notes.Add(_record(notification with { Status = status, Error = error, DoneTicks = _time.GetUtcNow().UtcTicks }));
}
