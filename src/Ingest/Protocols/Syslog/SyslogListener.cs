using System.Net;
using System.Net.Sockets;

namespace Bongsu.Ingest.Protocols.Syslog;

/// <summary>Receives syslog over UDP and TCP on one port and writes it through the gateway.</summary>
/// <remarks>
/// TCP: octet counting and line feeds, told apart by themselves; a sender is slowed down while the store is busy. UDP:
/// dropped and
/// counted when there is no room. Dispose stops receiving, stores what came, and then ends.
/// </remarks>
public sealed class SyslogListener : IAsyncDisposable
{
    private readonly Socket _udp;
    private readonly Socket _tcp;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly HashSet<Task> _connections = [];
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private bool _isDisposed;

    /// <summary>Binds both sockets.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="gateway">Where rows go.</param>
    /// <param name="clock">Time of messages that bring none.</param>
    /// <param name="warn">Told of trouble, in few words; called from any thread.</param>
    /// <exception cref="SocketException">The address is not to be had.</exception>
    public SyslogListener(SyslogOptions options, IngestGateway gateway, TimeProvider clock, Action<string>? warn = null)
    {
        Options = options;
        Gateway = gateway;
        Clock = clock;
        Warn = warn ?? (_ => { });
        _tcp = new Socket(options.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _udp = new Socket(options.Endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _tcp.Bind(options.Endpoint);
            _tcp.Listen(512);
            Endpoint = (IPEndPoint)_tcp.LocalEndPoint!;
            _udp.Bind(Endpoint);
        }
        catch
        {
            _tcp.Dispose();
            _udp.Dispose();
            throw;
        }
    }

    /// <summary>Where it listens, the port filled in.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Counters since the start.</summary>
    public SyslogStatistics Statistics => new(
        Interlocked.Read(ref Counters.Messages),
        Interlocked.Read(ref Counters.StoredRows),
        Interlocked.Read(ref Counters.DroppedDatagrams),
        Interlocked.Read(ref Counters.LostRows),
        Interlocked.Read(ref Counters.TruncatedMessages),
        OpenConnections(),
        Interlocked.Read(ref Counters.RefusedConnections));

    internal SyslogOptions Options { get; }

    internal IngestGateway Gateway { get; }

    internal TimeProvider Clock { get; }

    internal SyslogCounters Counters { get; } = new();

    internal Action<string> Warn { get; }

    /// <summary>Begins to receive.</summary>
    public void Start()
    {
        var receiver = new SyslogUdpReceiver(this, _udp);
        _running = Task.WhenAll(
            Task.Run(() => receiver.ReceiveAsync(_stopping.Token)),
            Task.Run(() => receiver.StoreAsync(_aborting.Token)),
            Task.Run(AcceptAsync));
    }

    /// <summary>Stops receiving and stores what came.</summary>
    /// <param name="grace">Past it, what is not stored is given up.</param>
    public async Task StopAsync(TimeSpan grace)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _tcp.Close();
        Task[] all;
        lock (_lock)
        {
            all = [.. _connections, _running];
        }

        Task done = Task.WhenAll(all);
        if (await Task.WhenAny(done, Task.Delay(grace, Clock)).ConfigureAwait(false) != done)
        {
            await _aborting.CancelAsync().ConfigureAwait(false);
        }

        await done.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await StopAsync(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        _udp.Dispose();
        _tcp.Dispose();
        _stopping.Dispose();
        _aborting.Dispose();
    }

    /// <summary>Takes note of the end of a connection, or a datagram that could not be read: worth a word only where it
    /// is not usual.</summary>
    internal void Note(Exception error)
    {
        if (error is SocketException
            {
                SocketErrorCode: not (SocketError.ConnectionReset or SocketError.OperationAborted or SocketError.Interrupted),
            })
        {
            Warn($"syslog: {error.Message}");
        }
    }

    private int OpenConnections()
    {
        lock (_lock)
        {
            return _connections.Count;
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _tcp.AcceptAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException error)
            {
                // Out of file handles, for instance: senders wait in the backlog meanwhile.
                Note(error);
                await Task.Delay(Options.FlushAfter, Clock).ConfigureAwait(false);
                continue;
            }

            Begin(socket);
        }
    }

    private void Begin(Socket socket)
    {
        lock (_lock)
        {
            if (_connections.Count >= Options.MaxConnections)
            {
                Interlocked.Increment(ref Counters.RefusedConnections);
                socket.Dispose();
                return;
            }

            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            Task connection = Task.Run(() => ServeAsync(socket));
            _connections.Add(connection);
            connection.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private void Forget(Task connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await new SyslogTcpConnection(this, socket).RunAsync(_stopping.Token, _aborting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Warn("syslog: a connection's last rows were given up at the end of the grace period");
        }
        catch (SocketException error)
        {
            Note(error);
        }
    }
}
