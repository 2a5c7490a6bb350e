using System.Net;
using System.Net.Sockets;

namespace Bongsu.Ingest.Protocols.Syslog;

/// <summary>One TCP sender. While its rows are being stored nothing is read from it: that slows the sender
/// down.</summary>
internal sealed class SyslogTcpConnection
{
    private readonly SyslogListener _listener;
    private readonly Socket _socket;
    private readonly SyslogFrames _frames;
    private readonly SyslogBatch _batch;

    /// <param name="listener">What all senders share.</param>
    /// <param name="socket">The connection; owned.</param>
    public SyslogTcpConnection(SyslogListener listener, Socket socket)
    {
        _listener = listener;
        _socket = socket;
        _frames = new SyslogFrames(listener.Options.MaxMessageBytes);
        _batch = new SyslogBatch(listener, ((IPEndPoint)socket.RemoteEndPoint!).Address.MapToIPv4IfPossible());
    }

    /// <summary>Reads until the sender closes, is silent for too long, or the listener stops; then stores what
    /// came.</summary>
    /// <param name="stopping">No more reading.</param>
    /// <param name="aborting">No more storing.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken aborting)
    {
        try
        {
            await ReadAsync(stopping, aborting).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException or TimeoutException)
        {
            // The sender went away, fell silent, or we stop: what it sent whole is stored all the same.
            _listener.Note(error);
        }
        finally
        {
            _socket.Dispose();
        }

        if (_frames.Rest() is { IsEmpty: false } rest)
        {
            _batch.Add(rest, isTruncated: false);
        }

        await _batch.FlushAsync(aborting).ConfigureAwait(false);
    }

    private async Task ReadAsync(CancellationToken stopping, CancellationToken aborting)
    {
        SyslogOptions options = _listener.Options;
        while (true)
        {
            Task<int> reading = _socket.ReceiveAsync(_frames.Room(), SocketFlags.None, stopping).AsTask();
            if (!reading.IsCompleted && _batch.RowCount > 0)
            {
                TimeSpan wait = options.FlushAfter - _listener.Clock.GetElapsedTime(_batch.FirstAt);
                if (wait > TimeSpan.Zero)
                {
                    await Task.WhenAny(reading, Task.Delay(wait, _listener.Clock, stopping)).ConfigureAwait(false);
                }

                if (!reading.IsCompleted)
                {
                    await _batch.FlushAsync(aborting).ConfigureAwait(false);
                }
            }

            int count = await reading.WaitAsync(options.IdleTimeout, _listener.Clock, CancellationToken.None).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            _frames.Advance(count);
            while (_frames.TryTake(out ReadOnlySpan<byte> message, out bool isTruncated))
            {
                _batch.Add(message, isTruncated);
                if (_batch.RowCount >= options.BatchRows)
                {
                    await _batch.FlushAsync(aborting).ConfigureAwait(false);
                }
            }

            if (_batch.RowCount > 0 && _listener.Clock.GetElapsedTime(_batch.FirstAt) >= options.FlushAfter)
            {
                await _batch.FlushAsync(aborting).ConfigureAwait(false);
            }
        }
    }
}
