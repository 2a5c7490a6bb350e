using Bongsu.Ingest.Decoding;
using Bongsu.Ingest.Fields;
using Bongsu.Ingest.Files;
using Bongsu.Ingest.Files.Times;
using Bongsu.Store;

namespace Bongsu.Ingest.Protocols.Syslog;

/// <summary>Messages of one sender on their way into the store. Not thread-safe.</summary>
internal sealed class SyslogBatch
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromMilliseconds(500);

    // A sender's clock may run ahead, or count in another zone, without its messages being a year old.
    private static readonly TimeSpan s_clockAhead = TimeSpan.FromDays(1);

    private readonly SyslogOptions _options;
    private readonly IngestGateway _gateway;
    private readonly TimeProvider _clock;
    private readonly SyslogCounters _counters;
    private readonly Action<string> _warn;
    private readonly string _source;
    private readonly byte[] _sender;
    private readonly LineText _text = new();
    private readonly LogRecord _record = new();
    private readonly TimeResolver _times;
    private readonly BatchBuilder _builder;
    private readonly Dictionary<string, Field> _fields = new(StringComparer.Ordinal);

    /// <param name="listener">What all senders share.</param>
    /// <param name="sender">Address of the sender.</param>
    public SyslogBatch(SyslogListener listener, string sender)
    {
        _options = listener.Options;
        _gateway = listener.Gateway;
        _clock = listener.Clock;
        _counters = listener.Counters;
        _warn = listener.Warn;
        _source = sender;
        _sender = System.Text.Encoding.ASCII.GetBytes(sender);
        _times = new TimeResolver(_options.Zone, _clock, s_clockAhead);
        _builder = new BatchBuilder(_gateway.OptionsFor(_options.Tenant));
    }

    /// <summary>Rows that wait.</summary>
    public int RowCount => _builder.RowCount;

    /// <summary>When the first of them came, as a timestamp of the clock.</summary>
    public long FirstAt { get; private set; }

    /// <summary>Adds a message.</summary>
    /// <param name="message">Any bytes; a line end behind it is not content.</param>
    /// <param name="isTruncated">Whether it was cut.</param>
    public void Add(ReadOnlySpan<byte> message, bool isTruncated)
    {
        message = message.TrimEnd("\r\n\0"u8);
        if (message.IsEmpty)
        {
            return;
        }

        Interlocked.Increment(ref _counters.Messages);
        if (_builder.RowCount == 0)
        {
            FirstAt = _clock.GetTimestamp();
        }

        SyslogParser.Parse(_text.ToUtf8(message, FileEncoding.Utf8), _times, _record);
        if (!_record.Has(FieldConvention.Host))
        {
            _record.AddText(FieldConvention.Host, _sender);
        }

        if (isTruncated)
        {
            _record.AddBool("truncated", true);
            Interlocked.Increment(ref _counters.TruncatedMessages);
        }

        if (!TryAppend(keepStructuredData: true) && !TryAppend(keepStructuredData: false))
        {
            Interlocked.Increment(ref _counters.LostRows);
        }
    }

    /// <summary>Stores the rows; waits and tries again while the store is busy or full.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        if (_builder.RowCount == 0)
        {
            return;
        }

        Core.Batches.Batch batch = _builder.Build();
        bool warned = false;
        while (true)
        {
            TimeSpan pause;
            try
            {
                IngestOutcome outcome = await _gateway.WriteAsync(
                    _options.Tenant, _options.Table, batch, new AppendOptions { SourceId = _source }, cancellation).ConfigureAwait(false);
                Interlocked.Add(ref _counters.StoredRows, outcome.StoredRows);
                return;
            }
            catch (StoreException error) when (error is StoreBusyException or StoreFullException)
            {
                pause = error is StoreBusyException busy && busy.RetryAfter > TimeSpan.Zero ? busy.RetryAfter : s_retryAfter;
                if (!warned)
                {
                    _warn($"syslog from {_source}: waiting for the store: {error.Message}");
                    warned = true;
                }
            }
            catch (StoreException error)
            {
                Interlocked.Add(ref _counters.LostRows, batch.RowCount);
                _warn($"syslog from {_source}: {batch.RowCount} rows lost: {error.Message}");
                return;
            }

            await Task.Delay(pause, _clock, cancellation).ConfigureAwait(false);
        }
    }

    // A row may be refused for its structured data (too many columns, a name too long): the message is worth more than
    // that.
    private bool TryAppend(bool keepStructuredData)
    {
        foreach (RecordField field in _record.Fields)
        {
            if (keepStructuredData || !field.Name.StartsWith("sd.", StringComparison.Ordinal))
            {
                Set(field);
            }
        }

        _builder.SetTime(_record.Time ?? new EventTime(_clock.GetUtcNow().UtcTicks));
        if (_builder.TryEndRow(out string? error))
        {
            return true;
        }

        // Fields that came with the refused row are gone from the builder.
        _fields.Clear();
        if (keepStructuredData)
        {
            _warn($"syslog from {_source}: structured data left out: {error}");
        }

        return false;
    }

    private void Set(RecordField field)
    {
        if (!_fields.TryGetValue(field.Name, out Field? column))
        {
            if (_fields.Count > 1_000)
            {
                _fields.Clear();
            }

            column = _builder.Field(field.Name);
            _fields.Add(field.Name, column);
        }

        switch (field.Kind)
        {
            case FieldKind.Text:
                _builder.SetString(column, _record.Bytes(field));
                break;
            case FieldKind.Long:
                _builder.SetLong(column, field.Number);
                break;
            case FieldKind.Real:
                _builder.SetReal(column, BitConverter.Int64BitsToDouble(field.Number));
                break;
            default:
                _builder.SetBool(column, field.Number != 0);
                break;
        }
    }
}
