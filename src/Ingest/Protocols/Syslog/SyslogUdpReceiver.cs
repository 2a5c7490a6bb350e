using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Bongsu.Ingest.Protocols.Syslog;

/// <summary>Takes datagrams off the socket as fast as they come; parsing and storing happen behind a bounded
/// queue.</summary>
/// <remarks>UDP cannot be slowed down: what finds the queue full is dropped and counted.</remarks>
internal sealed class SyslogUdpReceiver
{
    // The largest datagram, and what the kernel may hold while we store.
    private const int MaxDatagramBytes = 65_536;
    private const int SocketBufferBytes = 8 << 20;
    private const int MaxSenders = 10_000;

    private readonly SyslogListener _listener;
    private readonly Socket _socket;
    private readonly Channel<(string Sender, byte[] Message)> _queue =
        Channel.CreateUnbounded<(string, byte[])>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly Dictionary<string, SyslogBatch> _batches = new(StringComparer.Ordinal);
    private long _queuedBytes;

    /// <param name="listener">What all senders share.</param>
    /// <param name="socket">Bound socket; owned by the listener.</param>
    public SyslogUdpReceiver(SyslogListener listener, Socket socket)
    {
        _listener = listener;
        _socket = socket;
        _socket.ReceiveBufferSize = SocketBufferBytes;
    }

    /// <summary>Receives until stopped.</summary>
    public async Task ReceiveAsync(CancellationToken stopping)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(MaxDatagramBytes, pinned: true);
        var from = new SocketAddress(_socket.AddressFamily);
        var template = new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        (SocketAddress? Address, string Name) last = (null, "");
        try
        {
            while (true)
            {
                int count;
                try
                {
                    count = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, from, stopping).ConfigureAwait(false);
                }
                catch (SocketException error) when (!stopping.IsCancellationRequested)
                {
                    // An ICMP answer to something sent earlier, or a datagram too long: the next one may be good.
                    _listener.Note(error);
                    continue;
                }

                if (last.Address is null || !last.Address.Equals(from))
                {
                    var copy = new SocketAddress(from.Family, from.Size);
                    from.Buffer[..from.Size].CopyTo(copy.Buffer);
                    last = (copy, ((IPEndPoint)template.Create(from)).Address.MapToIPv4IfPossible());
                }

                Enqueue(last.Name, buffer.AsSpan(0, count));
            }
        }
        catch (OperationCanceledException)
        {
            // The way receiving ends.
        }
        finally
        {
            _queue.Writer.Complete();
        }
    }

    /// <summary>Parses and stores what was received, until receiving has ended and all is stored.</summary>
    public async Task StoreAsync(CancellationToken aborting)
    {
        Task<bool> waiting = _queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        while (true)
        {
            bool anyRows = _batches.Values.Any(batch => batch.RowCount > 0);
            if (!waiting.IsCompleted && anyRows)
            {
                await Task.WhenAny(waiting, Task.Delay(_listener.Options.FlushAfter, _listener.Clock, aborting)).ConfigureAwait(false);
            }

            if (waiting.IsCompleted || !anyRows)
            {
                if (!await waiting.ConfigureAwait(false))
                {
                    await FlushAsync(onlyDue: false, aborting).ConfigureAwait(false);
                    return;
                }

                await TakeAsync(aborting).ConfigureAwait(false);
                waiting = _queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            }

            await FlushAsync(onlyDue: true, aborting).ConfigureAwait(false);
        }
    }

    private void Enqueue(string sender, ReadOnlySpan<byte> message)
    {
        if (Interlocked.Add(ref _queuedBytes, message.Length) > _listener.Options.UdpQueueBytes)
        {
            Interlocked.Add(ref _queuedBytes, -message.Length);
            Interlocked.Increment(ref _listener.Counters.DroppedDatagrams);
            return;
        }

        _queue.Writer.TryWrite((sender, message.ToArray()));
    }

    private async Task TakeAsync(CancellationToken aborting)
    {
        for (int taken = 0; taken < _listener.Options.BatchRows && _queue.Reader.TryRead(out (string Sender, byte[] Message) item); taken++)
        {
            Interlocked.Add(ref _queuedBytes, -item.Message.Length);
            if (!_batches.TryGetValue(item.Sender, out SyslogBatch? batch))
            {
                if (_batches.Count >= MaxSenders)
                {
                    await FlushAsync(onlyDue: false, aborting).ConfigureAwait(false);
                }

                batch = new SyslogBatch(_listener, item.Sender);
                _batches.Add(item.Sender, batch);
            }

            int max = _listener.Options.MaxMessageBytes;
            bool isLong = item.Message.Length > max;
            batch.Add(isLong ? item.Message.AsSpan(0, max) : item.Message, isLong);
            if (batch.RowCount >= _listener.Options.BatchRows)
            {
                await batch.FlushAsync(aborting).ConfigureAwait(false);
            }
        }
    }

    private async Task FlushAsync(bool onlyDue, CancellationToken aborting)
    {
        foreach ((string sender, SyslogBatch batch) in _batches)
        {
            if (!onlyDue || _listener.Clock.GetElapsedTime(batch.FirstAt) >= _listener.Options.FlushAfter)
            {
                await batch.FlushAsync(aborting).ConfigureAwait(false);
                if (_batches.Count > MaxSenders / 10)
                {
                    // Builders are worth keeping for a few steady senders, not for a scan of the whole network.
                    _batches.Remove(sender);
                }
            }
        }
    }
}
