using System.Buffers.Binary;

namespace Bongsu.Ingest.Protocols.Otlp;

/// <summary>Writes protobuf messages; nested ones are begun and ended.</summary>
internal sealed class ProtobufWriter
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void WriteVarint(int field, ulong value)
    {
        WriteTag(field, 0);
        Varint(value);
    }

    public void WriteFixed64(int field, ulong value)
    {
        WriteTag(field, 1);
        BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);
        _length += 8;
    }

    public void WriteFixed32(int field, uint value)
    {
        WriteTag(field, 5);
        BinaryPrimitives.WriteUInt32LittleEndian(Room(4), value);
        _length += 4;
    }

    public void WriteBytes(int field, ReadOnlySpan<byte> value)
    {
        WriteTag(field, 2);
        Varint((ulong)value.Length);
        value.CopyTo(Room(value.Length));
        _length += value.Length;
    }

    /// <summary>Begins a nested message.</summary>
    /// <returns>For <see cref="End"/>.</returns>
    public int Begin(int field)
    {
        WriteTag(field, 2);
        return _length;
    }

    /// <summary>Ends the nested message begun at a place: its length, known only now, is put before it.</summary>
    public void End(int start)
    {
        Span<byte> prefix = stackalloc byte[10];
        int size = _length - start;
        int bytes = 0;
        for (uint rest = (uint)size; ; rest >>= 7)
        {
            prefix[bytes++] = (byte)(rest < 0x80 ? rest : (rest & 0x7F) | 0x80);
            if (rest < 0x80)
            {
                break;
            }
        }

        Room(bytes);
        Buffer.BlockCopy(_bytes, start, _bytes, start + bytes, size);
        prefix[..bytes].CopyTo(_bytes.AsSpan(start));
        _length += bytes;
    }

    private void WriteTag(int field, int wireType) => Varint((ulong)((field << 3) | wireType));

    private void Varint(ulong value)
    {
        Span<byte> room = Room(10);
        int bytes = 0;
        for (; value >= 0x80; value >>= 7)
        {
            room[bytes++] = (byte)(value | 0x80);
        }

        room[bytes++] = (byte)value;
        _length += bytes;
    }

    private Span<byte> Room(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, checked(_length + size)));
        }

        return _bytes.AsSpan(_length);
    }
}
