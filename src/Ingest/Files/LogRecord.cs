using Bongsu.Ingest.Fields;

namespace Bongsu.Ingest.Files;

/// <summary>What a line says: its time and named values. Holds copies of the bytes, so the line's buffer is free again.
/// Reused.</summary>
internal sealed class LogRecord
{
    private readonly List<RecordField> _fields = [];
    private byte[] _bytes = new byte[1024];
    private int _length;
    private int _message = -1;

    /// <summary>When it happened; null where the line does not say.</summary>
    public EventTime? Time { get; set; }

    /// <summary>True where the line named no time and <see cref="Time"/> is that of the line before it.</summary>
    public bool IsTimeInherited { get; private set; }

    /// <summary>True where the line is a JSON object: <see cref="Json"/> is its text, with a time put in, and there are
    /// no fields.</summary>
    public bool IsJson { get; private set; }

    /// <summary>Fields in order; a name may occur twice, of which the last counts.</summary>
    public ReadOnlySpan<RecordField> Fields => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_fields);

    /// <summary>Bytes held.</summary>
    public int SizeBytes => _length;

    /// <summary>The JSON object of a line that is one.</summary>
    public ReadOnlySpan<byte> Json => _bytes.AsSpan(0, _length);

    /// <summary>The message; empty where there is none.</summary>
    public ReadOnlySpan<byte> Message => _message < 0 ? default : Bytes(_fields[_message]);

    /// <summary>Whether a message was set, be it empty.</summary>
    public bool HasMessage => _message >= 0;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _fields.Clear();
        _length = 0;
        _message = -1;
        Time = null;
        IsTimeInherited = false;
        IsJson = false;

        // A giant of a line should not stay in memory for good.
        if (_bytes.Length > 1 << 21)
        {
            _bytes = new byte[1024];
        }
    }

    /// <summary>Gives a time to a record whose line named none.</summary>
    public void InheritTime(EventTime time)
    {
        Time = time;
        IsTimeInherited = true;
    }

    /// <summary>The bytes of a text field.</summary>
    public ReadOnlySpan<byte> Bytes(RecordField field) => _bytes.AsSpan(field.Start, field.Length);

    /// <summary>Adds a text of valid UTF-8.</summary>
    public void AddText(string name, ReadOnlySpan<byte> utf8)
    {
        if (name == FieldConvention.Message)
        {
            _message = _fields.Count;
        }

        _fields.Add(new RecordField(name, FieldKind.Text, _length, utf8.Length, 0));
        Append(utf8);
    }

    /// <summary>Adds the message made of two pieces: what stood before and behind a time inside the line.</summary>
    public void AddMessage(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        _message = _fields.Count;
        _fields.Add(new RecordField(FieldConvention.Message, FieldKind.Text, _length, head.Length + tail.Length, 0));
        Append(head);
        Append(tail);
    }

    /// <summary>Adds an integer.</summary>
    public void AddLong(string name, long value) => _fields.Add(new RecordField(name, FieldKind.Long, 0, 0, value));

    /// <summary>Adds a number.</summary>
    public void AddReal(string name, double value) =>
        _fields.Add(new RecordField(name, FieldKind.Real, 0, 0, BitConverter.DoubleToInt64Bits(value)));

    /// <summary>Adds a truth value.</summary>
    public void AddBool(string name, bool value) => _fields.Add(new RecordField(name, FieldKind.Bool, 0, 0, value ? 1 : 0));

    /// <summary>Makes this a JSON line, from up to three pieces of text.</summary>
    public void SetJson(ReadOnlySpan<byte> head, ReadOnlySpan<byte> middle, ReadOnlySpan<byte> tail)
    {
        Clear();
        IsJson = true;
        Append(head);
        Append(middle);
        Append(tail);
    }

    /// <summary>Lengthens the message by a separator and a further line.</summary>
    public void AppendToMessage(ReadOnlySpan<byte> separator, ReadOnlySpan<byte> line)
    {
        if (_message < 0)
        {
            AddText(FieldConvention.Message, default);
        }

        RecordField field = _fields[_message];
        if (field.Start + field.Length != _length)
        {
            // Something was added behind the message: it moves to the end.
            Reserve(field.Length);
            _bytes.AsSpan(field.Start, field.Length).CopyTo(_bytes.AsSpan(_length));
            field = field with { Start = _length };
            _length += field.Length;
        }

        Append(separator);
        Append(line);
        _fields[_message] = field with { Length = _length - field.Start };
    }

    /// <summary>Whether there is a field of a name.</summary>
    public bool Has(string name)
    {
        foreach (RecordField field in Fields)
        {
            if (field.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int extra)
    {
        if (_bytes.Length - _length < extra)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, checked(_length + extra)));
        }
    }
}
