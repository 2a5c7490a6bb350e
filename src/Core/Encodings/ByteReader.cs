using System.Buffers.Binary;
using System.Text;

namespace Bongsu.Core.Encodings;

/// <summary>Reads what <see cref="ByteWriter"/> wrote; every step is checked, so damaged bytes can do no
/// harm.</summary>
/// <exception cref="CorruptDataException">The bytes end too early, or a number is out of range (all
/// members).</exception>
public ref struct ByteReader
{
    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>A reader at the beginning.</summary>
    public ByteReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        Position = 0;
    }

    /// <summary>Bytes read.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>The bytes left, unread.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[Position..];

    /// <summary>A byte.</summary>
    public byte ReadByte() => ReadBytes(1)[0];

    /// <summary>Four bytes.</summary>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(4));

    /// <summary>Eight bytes.</summary>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(ReadBytes(8));

    /// <summary>Eight bytes.</summary>
    public long ReadInt64() => (long)ReadUInt64();

    /// <summary>See <see cref="ByteWriter.WriteVarint"/>.</summary>
    public ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = ReadByte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new CorruptDataException($"byte {Position}: a number of more than ten bytes");
    }

    /// <summary>See <see cref="ByteWriter.WriteZigzag"/>.</summary>
    public long ReadZigzag()
    {
        ulong value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A varint from 0 to <paramref name="max"/>.</summary>
    public int ReadCount(int max)
    {
        ulong value = ReadVarint();
        return value <= (ulong)max
            ? (int)value
            : throw new CorruptDataException($"byte {Position}: {value}, expected at most {max}");
    }

    /// <summary>So many bytes, in place.</summary>
    public ReadOnlySpan<byte> ReadBytes(int sizeBytes)
    {
        if ((uint)sizeBytes > (uint)Remaining)
        {
            throw new CorruptDataException($"byte {Position}: {Remaining} bytes left, expected {sizeBytes}");
        }

        ReadOnlySpan<byte> bytes = _bytes.Slice(Position, sizeBytes);
        Position += sizeBytes;
        return bytes;
    }

    /// <summary>See <see cref="ByteWriter.WriteString"/>.</summary>
    public string ReadString() => Encoding.UTF8.GetString(ReadBytes(ReadCount(Remaining)));

    /// <summary>Complains about bytes that nobody expects.</summary>
    public readonly void ExpectEnd()
    {
        if (Remaining != 0)
        {
            throw new CorruptDataException($"byte {Position}: {Remaining} bytes too many");
        }
    }
}
