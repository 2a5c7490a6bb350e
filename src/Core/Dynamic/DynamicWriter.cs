using System.Buffers.Binary;
using System.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Dynamic;

/// <summary>Writes dynamic values in the layout of <see cref="DynamicKind"/>. Not thread-safe; reused by
/// <see cref="Clear"/>.</summary>
/// <remarks>Arrays and bags are begun and ended; between, elements (or keys and values by turns) are written in
/// order.</remarks>
public sealed class DynamicWriter
{
    private readonly List<Frame> _open = [];
    private readonly List<int> _ends = [];
    private byte[] _bytes = new byte[256];
    private int _length;

    /// <summary>What was written since the last <see cref="Clear"/>; one whole value once every array and bag is
    /// ended.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Forgets what was written.</summary>
    public void Clear()
    {
        _length = 0;
        _open.Clear();
        _ends.Clear();
    }

    /// <summary>Writes null.</summary>
    public void WriteNull() => WriteKind(DynamicKind.Null, 0);

    /// <summary>Writes a bool.</summary>
    public void WriteBool(bool value) => WriteKind(value ? DynamicKind.True : DynamicKind.False, 0);

    /// <summary>Writes a long.</summary>
    public void WriteLong(long value) => WriteTicks(DynamicKind.Long, value);

    /// <summary>Writes a datetime of UTC ticks.</summary>
    public void WriteDateTime(long ticks) => WriteTicks(DynamicKind.DateTime, ticks);

    /// <summary>Writes a timespan of ticks.</summary>
    public void WriteTimeSpan(long ticks) => WriteTicks(DynamicKind.TimeSpan, ticks);

    /// <summary>Writes a real.</summary>
    public void WriteReal(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Take(DynamicKind.Real, 8), value);
        EndValue();
    }

    /// <summary>Writes a decimal.</summary>
    public void WriteDecimal(decimal value)
    {
        Span<byte> room = Take(DynamicKind.Decimal, 16);
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        for (int part = 0; part < 4; part++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(room[(4 * part)..], bits[part]);
        }

        EndValue();
    }

    /// <summary>Writes a guid.</summary>
    public void WriteGuid(Guid value)
    {
        value.TryWriteBytes(Take(DynamicKind.Guid, 16));
        EndValue();
    }

    /// <summary>Writes text of valid UTF-8.</summary>
    public void WriteString(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Take(DynamicKind.String, utf8.Length));
        EndValue();
    }

    /// <summary>Writes text.</summary>
    public void WriteString(string text) => WriteString(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes an encoded value as it is; no bytes write null.</summary>
    public void WriteValue(DynamicReader value)
    {
        if (value.Bytes.IsEmpty)
        {
            WriteNull();
            return;
        }

        value.Bytes.CopyTo(Room(value.Bytes.Length));
        _length += value.Bytes.Length;
        EndValue();
    }

    /// <summary>The value of a row of any type, as a dynamic of the same kind; text stays text (it is not parsed), the
    /// empty string too.</summary>
    public void WriteValue(Vector source, int row)
    {
        if (source.IsNull(row))
        {
            WriteNull();
            return;
        }

        switch (source.Type)
        {
            case ScalarType.Bool:
                WriteBool(((FixedVector<bool>)source)[row]);
                break;
            case ScalarType.Int:
                WriteLong(((FixedVector<int>)source)[row]);
                break;
            case ScalarType.Long:
                WriteLong(((FixedVector<long>)source)[row]);
                break;
            case ScalarType.Real:
                WriteReal(((FixedVector<double>)source)[row]);
                break;
            case ScalarType.Decimal:
                WriteDecimal(((FixedVector<decimal>)source)[row]);
                break;
            case ScalarType.DateTime:
                WriteDateTime(((FixedVector<long>)source)[row]);
                break;
            case ScalarType.TimeSpan:
                WriteTimeSpan(((FixedVector<long>)source)[row]);
                break;
            case ScalarType.Guid:
                WriteGuid(((FixedVector<Guid>)source)[row]);
                break;
            case ScalarType.String:
                WriteString(((StringVector)source)[row]);
                break;
            default:
                WriteValue(((DynamicVector)source)[row]);
                break;
        }
    }

    /// <summary>Begins an array.</summary>
    public void BeginArray() => Begin(DynamicKind.Array);

    /// <summary>Ends the innermost array.</summary>
    public void EndArray() => End();

    /// <summary>Begins a bag; keys must be distinct (the caller sees to it).</summary>
    public void BeginBag() => Begin(DynamicKind.Bag);

    /// <summary>Writes the key of the next property.</summary>
    public void WriteKey(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        _length += utf8.Length;
        EndValue();
    }

    /// <summary>Ends the innermost bag.</summary>
    public void EndBag() => End();

    /// <summary>Ends the innermost bag, whose keys may repeat: the last value of a key wins, in the place of the
    /// first.</summary>
    public void EndBagOfRepeatedKeys()
    {
        Frame frame = _open[^1];
        if (HasRepeatedKeys(frame))
        {
            KeepLastValues(frame);
        }

        End();
    }

    private void Begin(DynamicKind kind)
    {
        _open.Add(new Frame(kind, _length, _ends.Count));
        Room(1)[0] = (byte)kind;
        _length++;
    }

    // The offsets stand before the data, but their number is known at the end only: the data is moved once.
    private void End()
    {
        Frame frame = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        int offsets = _ends.Count - frame.FirstEnd;
        int data = frame.Start + 1;
        int header = 4 + (4 * offsets);
        Room(header);
        Buffer.BlockCopy(_bytes, data, _bytes, data + header, _length - data);
        Span<byte> room = _bytes.AsSpan(data);
        BinaryPrimitives.WriteInt32LittleEndian(room, frame.Kind == DynamicKind.Bag ? offsets / 2 : offsets);
        for (int offset = 0; offset < offsets; offset++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(room[(4 + (4 * offset))..], _ends[frame.FirstEnd + offset] - data);
        }

        _ends.RemoveRange(frame.FirstEnd, offsets);
        _length += header;
        EndValue();
    }

    private ReadOnlySpan<byte> Item(Frame frame, int item)
    {
        int start = item == 0 ? frame.Start + 1 : _ends[frame.FirstEnd + item - 1];
        return _bytes.AsSpan(start.._ends[frame.FirstEnd + item]);
    }

    private bool HasRepeatedKeys(Frame frame)
    {
        const int FewItems = 32;
        int items = _ends.Count - frame.FirstEnd;
        if (items > FewItems)
        {
            return IndexKeys(frame).Count < items / 2;
        }

        for (int key = 2; key < items; key += 2)
        {
            for (int earlier = 0; earlier < key; earlier += 2)
            {
                if (Item(frame, key).SequenceEqual(Item(frame, earlier)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Item of the last value by key, in the order of the keys' first occurrence.
    private Dictionary<string, int> IndexKeys(Frame frame)
    {
        var lastValue = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int key = 0; key < _ends.Count - frame.FirstEnd; key += 2)
        {
            // Latin-1 maps bytes to characters one to one: a key without decoding.
            lastValue[Encoding.Latin1.GetString(Item(frame, key))] = key + 1;
        }

        return lastValue;
    }

    private void KeepLastValues(Frame frame)
    {
        var keys = new List<byte[]>();
        var values = new List<byte[]>();
        foreach ((string key, int item) in IndexKeys(frame))
        {
            keys.Add(Encoding.Latin1.GetBytes(key));
            values.Add(Item(frame, item).ToArray());
        }

        _length = frame.Start + 1;
        _ends.RemoveRange(frame.FirstEnd, _ends.Count - frame.FirstEnd);
        for (int property = 0; property < keys.Count; property++)
        {
            WriteKey(keys[property]);
            WriteValue(new DynamicReader(values[property]));
        }
    }

    private void EndValue()
    {
        if (_open.Count > 0)
        {
            _ends.Add(_length);
        }
    }

    private void WriteTicks(DynamicKind kind, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Take(kind, 8), value);
        EndValue();
    }

    private void WriteKind(DynamicKind kind, int size)
    {
        Take(kind, size);
        EndValue();
    }

    private Span<byte> Take(DynamicKind kind, int size)
    {
        Span<byte> room = Room(size + 1);
        room[0] = (byte)kind;
        _length += size + 1;
        return room.Slice(1, size);
    }

    private Span<byte> Room(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, checked(_length + size)));
        }

        return _bytes.AsSpan(_length);
    }

    private readonly record struct Frame(DynamicKind Kind, int Start, int FirstEnd);
}
