using System.Text;
using System.Text.Unicode;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Ingest.Decoding;
using Bongsu.Ingest.Fields;

namespace Bongsu.Ingest.Protocols.Otlp;

/// <summary>Decodes <c>ExportLogsServiceRequest</c> (opentelemetry-proto 1.x, logs/v1 and common/v1) by hand. One
/// owner, used once.</summary>
/// <remarks>
/// Resource and scope attributes are set on every row, then the record's own, so the nearer one wins. The record's
/// proper fields
/// (time, severity, body, ids) hold the canonical columns against attributes of those names.
/// </remarks>
internal sealed class OtlpLogDecoder
{
    private const int MaxIdBytes = 32;

    private readonly BatchBuilder _rows;
    private readonly DecodeLimits _limits;
    private readonly RejectList _rejects;
    private readonly TextRepairs _repairs = new();
    private readonly DynamicWriter _writer = new();
    private readonly Field _message;
    private readonly Field _traceId;
    private readonly Field _spanId;
    private byte[] _name = new byte[512];
    private long _record;
    private bool _isBroken;

    public OtlpLogDecoder(DecodeOptions options, Schema? tableSchema)
    {
        _rows = new BatchBuilder(options, tableSchema);
        _limits = options.Limits;
        _rejects = new RejectList(options.Limits.MaxReportedRejects);
        _message = BatchBuilder.ProperField(CanonicalField.Message);
        _traceId = BatchBuilder.ProperField(CanonicalField.TraceId);
        _spanId = BatchBuilder.ProperField(CanonicalField.SpanId);
    }

    /// <summary>Decodes a request; false where the bytes are no such message, and nothing may be used.</summary>
    public bool TryDecode(ReadOnlySpan<byte> request)
    {
        var reader = new ProtobufReader(request);
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                ReadResourceLogs(reader.ReadBytes());
            }
            else
            {
                reader.Skip();
            }
        }

        return !reader.IsBroken && !_isBroken;
    }

    public DecodedBatch Build() => new()
    {
        Batch = _rows.Build(),
        Rejects = _rejects.Items,
        RejectedCount = _rejects.Count,
        TranscodedCount = _repairs.Transcoded,
        RepairedCount = _repairs.Repaired,
    };

    private void ReadResourceLogs(ReadOnlySpan<byte> resourceLogs)
    {
        // The resource may stand behind its logs: found first.
        ReadOnlySpan<byte> resource = default;
        var reader = new ProtobufReader(resourceLogs);
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                resource = reader.ReadBytes();
            }
            else
            {
                reader.Skip();
            }
        }

        _isBroken |= reader.IsBroken;
        reader = new ProtobufReader(resourceLogs);
        while (!_isBroken && reader.Read())
        {
            if (reader.Field == 2)
            {
                ReadScopeLogs(reader.ReadBytes(), resource);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadScopeLogs(ReadOnlySpan<byte> scopeLogs, ReadOnlySpan<byte> resource)
    {
        ReadOnlySpan<byte> scope = default;
        var reader = new ProtobufReader(scopeLogs);
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                scope = reader.ReadBytes();
            }
            else
            {
                reader.Skip();
            }
        }

        _isBroken |= reader.IsBroken;
        reader = new ProtobufReader(scopeLogs);
        while (!_isBroken && reader.Read())
        {
            if (reader.Field == 2)
            {
                ReadRecord(reader.ReadBytes(), resource, scope);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadRecord(ReadOnlySpan<byte> record, ReadOnlySpan<byte> resource, ReadOnlySpan<byte> scope)
    {
        _record++;
        if (record.Length > _limits.MaxRowBytes)
        {
            _rejects.Add(_record, $"log record of {record.Length} bytes: the limit is {_limits.MaxRowBytes}");
            return;
        }

        SetProperFields(record);
        SetAttributes(resource, attributesField: 1);
        SetScope(scope);
        SetAttributes(record, attributesField: 6);
        if (!_rows.TryEndRow(out string? error))
        {
            _rejects.Add(_record, error);
        }
    }

    private void SetProperFields(ReadOnlySpan<byte> record)
    {
        ulong timeNs = 0;
        ulong observedNs = 0;
        ulong severity = 0;
        ReadOnlySpan<byte> severityText = default;
        var reader = new ProtobufReader(record);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    timeNs = reader.ReadNumber();
                    break;
                case 11:
                    observedNs = reader.ReadNumber();
                    break;
                case 2:
                    severity = reader.ReadNumber();
                    break;
                case 3:
                    severityText = reader.ReadBytes();
                    break;
                case 5:
                    SetBody(reader.ReadBytes());
                    break;
                case 9:
                    SetId(_traceId, reader.ReadBytes());
                    break;
                case 10:
                    SetId(_spanId, reader.ReadBytes());
                    break;
                case 12:
                    SetText("event.name"u8, reader.ReadBytes());
                    break;
                case 7 or 8:
                    SetCount(reader.Field == 7 ? "dropped_attributes_count"u8 : "trace_flags"u8, reader.ReadNumber());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        _isBroken |= reader.IsBroken;
        if (TimeParser.TryFromUnixNanoseconds(timeNs != 0 ? timeNs : observedNs, out EventTime time))
        {
            _rows.SetTime(time);
        }

        _rows.SetLevel(LogLevels.OfSeverityNumber((long)severity), Utf8Text(severityText));
    }

    // A structured body's members become attributes under "body", except the one that is called a message.
    private void SetBody(ReadOnlySpan<byte> value)
    {
        var reader = new ProtobufReader(value);
        bool isBag = reader.Read() && reader is { Field: 6, IsBytes: true };
        if (!isBag)
        {
            SetValue(_message, value, _limits.MaxDepth);
            return;
        }

        "body."u8.CopyTo(_name);
        SetMembers(reader.ReadBytes(), prefixLength: 5, _limits.MaxDepth, isBody: true);
    }

    private void SetScope(ReadOnlySpan<byte> scope)
    {
        var reader = new ProtobufReader(scope);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    SetText("scope.name"u8, reader.ReadBytes());
                    break;
                case 2:
                    SetText("scope.version"u8, reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        _isBroken |= reader.IsBroken;
        SetAttributes(scope, attributesField: 3);
    }

    // The repeated KeyValue of a message, each to a field of its key.
    private void SetAttributes(ReadOnlySpan<byte> message, int attributesField)
    {
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == attributesField)
            {
                SetMember(reader.ReadBytes(), 0, _limits.MaxDepth, isBody: false);
            }
            else
            {
                reader.Skip();
            }
        }

        _isBroken |= reader.IsBroken;
    }

    private void SetMembers(ReadOnlySpan<byte> list, int prefixLength, int depth, bool isBody)
    {
        var reader = new ProtobufReader(list);
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                SetMember(reader.ReadBytes(), prefixLength, depth, isBody);
            }
            else
            {
                reader.Skip();
            }
        }

        _isBroken |= reader.IsBroken;
    }

    // A KeyValue under the first bytes of the name; nested lists by dot path.
    private void SetMember(ReadOnlySpan<byte> keyValue, int prefixLength, int depth, bool isBody)
    {
        ReadKeyValue(keyValue, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
        key = Utf8Text(key);
        int length = prefixLength + key.Length;
        if (length > _limits.MaxNameBytes)
        {
            _rows.Fail($"attribute name of {length} bytes: the limit is {_limits.MaxNameBytes}");
            return;
        }

        if (_name.Length <= length)
        {
            Array.Resize(ref _name, length * 2);
        }

        key.CopyTo(_name.AsSpan(prefixLength));
        var reader = new ProtobufReader(value);
        if (!reader.Read() || reader is not { Field: 6, IsBytes: true })
        {
            SetValue(isBody && IsMessageName(key) ? _message : _rows.Field(_name.AsSpan(0, length)), value, depth);
        }
        else if (depth == 0)
        {
            _rows.Fail("attributes nested too deep");
        }
        else
        {
            _name[length] = (byte)'.';
            SetMembers(reader.ReadBytes(), length + 1, depth - 1, isBody: false);
        }
    }

    private static bool IsMessageName(ReadOnlySpan<byte> key) =>
        FieldConvention.Resolve(Encoding.UTF8.GetString(key), out _) == CanonicalField.Message;

    private void SetValue(Field field, ReadOnlySpan<byte> value, int depth)
    {
        var reader = new ProtobufReader(value);
        if (!reader.Read())
        {
            _isBroken |= reader.IsBroken;
            return;
        }

        switch (reader.Field)
        {
            case 1:
                _rows.SetString(field, Utf8Text(reader.ReadBytes()));
                break;
            case 2:
                _rows.SetBool(field, reader.ReadNumber() != 0);
                break;
            case 3:
                _rows.SetLong(field, (long)reader.ReadNumber());
                break;
            case 4:
                _rows.SetReal(field, BitConverter.UInt64BitsToDouble(reader.ReadNumber()));
                break;
            case 7:
                _rows.SetString(field, Base64(reader.ReadBytes()));
                break;
            default:
                _writer.Clear();
                WriteDynamic(value, depth);
                _rows.SetDynamic(field, _writer.Written);
                return;
        }

        _isBroken |= reader.IsBroken;
    }

    // An AnyValue as a dynamic value.
    private void WriteDynamic(ReadOnlySpan<byte> value, int depth)
    {
        var reader = new ProtobufReader(value);
        int field = reader.Read() ? reader.Field : 0;
        if (depth == 0)
        {
            _rows.Fail("attributes nested too deep");
            field = 0;
        }

        switch (field)
        {
            case 1:
                _writer.WriteString(Utf8Text(reader.ReadBytes()));
                break;
            case 2:
                _writer.WriteBool(reader.ReadNumber() != 0);
                break;
            case 3:
                _writer.WriteLong((long)reader.ReadNumber());
                break;
            case 4:
                _writer.WriteReal(BitConverter.UInt64BitsToDouble(reader.ReadNumber()));
                break;
            case 5:
                _writer.BeginArray();
                WriteElements(reader.ReadBytes(), depth, isBag: false);
                _writer.EndArray();
                break;
            case 6:
                _writer.BeginBag();
                WriteElements(reader.ReadBytes(), depth, isBag: true);
                _writer.EndBagOfRepeatedKeys();
                break;
            case 7:
                _writer.WriteString(Base64(reader.ReadBytes()));
                break;
            default:
                _writer.WriteNull();
                break;
        }

        _isBroken |= reader.IsBroken;
    }

    private void WriteElements(ReadOnlySpan<byte> list, int depth, bool isBag)
    {
        var reader = new ProtobufReader(list);
        while (reader.Read())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            ReadOnlySpan<byte> value = reader.ReadBytes();
            if (isBag)
            {
                ReadKeyValue(value, out ReadOnlySpan<byte> key, out value);
                _writer.WriteKey(Utf8Text(key));
            }

            WriteDynamic(value, depth - 1);
        }

        _isBroken |= reader.IsBroken;
    }

    private void ReadKeyValue(ReadOnlySpan<byte> keyValue, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        key = default;
        value = default;
        var reader = new ProtobufReader(keyValue);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.ReadBytes();
                    break;
                case 2:
                    value = reader.ReadBytes();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        _isBroken |= reader.IsBroken;
    }

    private void SetText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty)
        {
            _rows.SetString(_rows.Field(name), Utf8Text(text));
        }
    }

    private void SetCount(ReadOnlySpan<byte> name, ulong count)
    {
        if (count != 0)
        {
            _rows.SetLong(_rows.Field(name), (long)Math.Min(count, long.MaxValue));
        }
    }

    // All zeros mean there is none (W3C Trace Context, section 3.2.2.3).
    private void SetId(Field field, ReadOnlySpan<byte> id)
    {
        if (id.Length is 0 or > MaxIdBytes || id.IndexOfAnyExcept((byte)0) < 0)
        {
            return;
        }

        Span<byte> hex = stackalloc byte[2 * MaxIdBytes];
        Convert.TryToHexStringLower(id, hex, out int length);
        _rows.SetString(field, hex[..length]);
    }

    private ReadOnlySpan<byte> Utf8Text(ReadOnlySpan<byte> text) => Utf8.IsValid(text) ? text : _repairs.ToUtf8(text);

    private static byte[] Base64(ReadOnlySpan<byte> bytes)
    {
        byte[] text = new byte[System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length)];
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, text, out _, out _);
        return text;
    }
}
