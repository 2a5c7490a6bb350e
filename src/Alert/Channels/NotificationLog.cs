using System.Collections.Concurrent;
using System.Text.Json;
using Bongsu.Alert.Alerts;
using Bongsu.Store.Documents;

namespace Bongsu.Alert.Channels;

/// <summary>
/// Every notification, durable from before it is sent: nothing is told twice over a restart (but for a crash between
/// the
/// receiver's answer and our note of it) and nothing is forgotten.
/// </summary>
internal sealed class NotificationLog : IAsyncDisposable
{
    private const string Collection = "notifications";

    private readonly DocumentStore _documents;
    private readonly ChannelSender _sender;
    private readonly RetryPolicy _retries;
    private readonly TimeProvider _time;
    private readonly TimeSpan _keep;
    private readonly Action<string, string, Exception?> _notice;
    private readonly ConcurrentDictionary<string, Notification> _log = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ChannelQueue> _queues = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, Channel> _channels = new Dictionary<string, Channel>();
    private bool _isWhole;

    public NotificationLog(
        DocumentStore documents,
        ChannelSender sender,
        RetryPolicy retries,
        TimeProvider time,
        TimeSpan keep,
        Action<string, string, Exception?> notice)
    {
        _documents = documents;
        _sender = sender;
        _retries = retries;
        _time = time;
        _keep = keep;
        _notice = notice;
    }

    /// <summary>The notifications of a status.</summary>
    public int Count(string status) => _log.Values.Count(notification => notification.Status == status);

    /// <summary>Sets the channels.</summary>
    /// <param name="channels">Those there are.</param>
    /// <param name="isWhole">False where there may be more of them: what is for another one waits.</param>
    public void SetChannels(IReadOnlyList<Channel> channels, bool isWhole)
    {
        Volatile.Write(ref _isWhole, isWhole);
        Volatile.Write(ref _channels, channels.ToDictionary(channel => channel.Name, StringComparer.Ordinal));
    }

    /// <summary>Reads the log and goes on with what was pending, in order.</summary>
    public void Start()
    {
        var pending = new List<Notification>();
        foreach ((string id, byte[] json) in _documents.List(Collection))
        {
            Notification notification = JsonSerializer.Deserialize(json, AlertJson.Plain.Notification)!;
            if (notification.DoneTicks is { } done && done < _time.GetUtcNow().UtcTicks - _keep.Ticks)
            {
                _documents.Delete(Collection, id);
                continue;
            }

            _log[notification.Id] = notification;
            if (notification.Status == Notification.Pending)
            {
                pending.Add(notification);
            }
        }

        foreach (Notification notification in pending.OrderBy(notification => notification.CreatedTicks))
        {
            Enqueue(notification);
        }
    }

    /// <summary>Tells an alert's channels, each once per state of the alert.</summary>
    public async Task NotifyAsync(AlertView alert)
    {
        foreach (string name in alert.Channels)
        {
            string id = $"{alert.Id}.{alert.State}.{Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(name))}";
            bool isWanted = alert.State == "firing" || Volatile.Read(ref _channels).GetValueOrDefault(name)?.SendsResolved != false;
            if (!isWanted || _log.ContainsKey(id))
            {
                continue;
            }

            var notification = new Notification
            {
                Id = id,
                Channel = name,
                Alert = alert,
                CreatedTicks = _time.GetUtcNow().UtcTicks,
            };
            await PutAsync(notification);
            Enqueue(notification);
        }
    }

    /// <summary>Forgets what was done long ago.</summary>
    public void Forget()
    {
        long before = _time.GetUtcNow().UtcTicks - _keep.Ticks;
        foreach (Notification notification in _log.Values.Where(notification => notification.DoneTicks < before))
        {
            if (_log.TryRemove(notification.Id, out _))
            {
                _documents.Delete(Collection, notification.Id);
            }
        }
    }

    /// <summary>Stops sending.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (ChannelQueue queue in _queues.Values)
        {
            await queue.DisposeAsync();
        }

        _sender.Dispose();
    }

    private void Enqueue(Notification notification)
    {
        ChannelQueue queue = _queues.GetOrAdd(notification.Channel, name => new ChannelQueue(
            name, () => (Volatile.Read(ref _channels).GetValueOrDefault(name), !Volatile.Read(ref _isWhole)), _sender, _retries, _time, RecordAsync));
        if (!queue.TryAdd(notification))
        {
            _ = RecordAsync(notification with
            {
                Status = Notification.Dropped,
                DoneTicks = _time.GetUtcNow().UtcTicks,
                Error = $"more than {ChannelQueue.MaxWaiting} notifications wait",
            });
        }
    }

    // Never fails: what cannot be written is said and kept in memory.
    private async Task RecordAsync(Notification notification)
    {
        if (notification.Status is not (Notification.Pending or Notification.Delivered))
        {
            string what = $"notification of rule '{notification.Alert.Rule}' to channel '{notification.Channel}'";
            _notice("warn", $"{what} {notification.Status}: {notification.Error}", null);
        }

        try
        {
            await PutAsync(notification);
        }
        catch (Exception exception)
        {
            // The message itself is out, or will be tried again; only our note of it is missing.
            _log[notification.Id] = notification;
            _notice("error", "the notification log could not be written", exception);
        }
    }

    private async Task PutAsync(Notification notification)
    {
        await _documents.PutAsync(Collection, notification.Id, JsonSerializer.SerializeToUtf8Bytes(notification, AlertJson.Plain.Notification));
        _log[notification.Id] = notification;
    }
}
