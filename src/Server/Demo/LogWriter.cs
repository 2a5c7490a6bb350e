using System.Buffers;
using System.Text.Json;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;

namespace Bongsu.Server.Demo;

/// <summary>Collects the log lines of one service as NDJSON.</summary>
internal sealed class LogWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);
    private readonly Utf8JsonWriter _json;
    private readonly string _service;

    /// <summary>A writer for a service.</summary>
    public LogWriter(string service)
    {
        _service = service;
        _json = new Utf8JsonWriter(_buffer, DynamicJson.WriterOptions);
    }

    /// <summary>Lines written and not yet taken.</summary>
    public int Count { get; private set; }

    /// <summary>The NDJSON so far.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    /// <summary>Writes one line; <paramref name="fields"/> are name and value by turns (string, int, long or
    /// double).</summary>
    public void Write(long ticks, string host, string level, string message, string? traceId, params ReadOnlySpan<object> fields)
    {
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString("timestamp", ScalarText.FormatDateTime(ticks));
        _json.WriteString("service", _service);
        _json.WriteString("host", host);
        _json.WriteString("level", level);
        _json.WriteString("message", message);
        if (traceId is not null)
        {
            _json.WriteString("trace_id", traceId);
        }

        for (int field = 0; field + 1 < fields.Length; field += 2)
        {
            string name = (string)fields[field];
            switch (fields[field + 1])
            {
                case string text:
                    _json.WriteString(name, text);
                    break;
                case int number:
                    _json.WriteNumber(name, number);
                    break;
                case long number:
                    _json.WriteNumber(name, number);
                    break;
                case double number:
                    _json.WriteNumber(name, Math.Round(number, 2));
                    break;
                default:
                    throw new ArgumentException($"field {name}: a {fields[field + 1].GetType().Name}");
            }
        }

        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
        Count++;
    }

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        _buffer.ResetWrittenCount();
        Count = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();
}
