using System.Buffers.Binary;
using System.Text;

namespace Bongsu.Core.Encodings;

/// <summary>A growing buffer of little-endian numbers and byte strings. One owner; reused by
/// <see cref="Clear"/>.</summary>
public sealed class ByteWriter
{
    private byte[] _bytes = new byte[256];

    /// <summary>Bytes so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => Length = 0;

    /// <summary>Takes back what was written after a position.</summary>
    public void Truncate(int length) => Length = Math.Min(Length, length);

    /// <summary>A byte.</summary>
    public void WriteByte(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    /// <summary>Four bytes.</summary>
    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);
        Length += 4;
    }

    /// <summary>Eight bytes.</summary>
    public void WriteUInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);
        Length += 8;
    }

    /// <summary>Eight bytes.</summary>
    public void WriteInt64(long value) => WriteUInt64((ulong)value);

    /// <summary>Seven bits a byte, low ones first, the top bit set on all but the last (LEB128).</summary>
    public void WriteVarint(ulong value)
    {
        Span<byte> room = Reserve(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            room[length++] = (byte)(value | 0x80);
        }

        room[length++] = (byte)value;
        Length += length;
    }

    /// <summary>A signed number, small magnitudes short: 0, -1, 1, -2, … as 0, 1, 2, 3, ….</summary>
    public void WriteZigzag(long value) => WriteVarint((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Bytes as they are.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>A varint length, then UTF-8.</summary>
    public void WriteString(string text)
    {
        WriteVarint((ulong)Encoding.UTF8.GetByteCount(text));
        Length += Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));
    }

    /// <summary>Room for at least so many bytes; fill some and <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int sizeBytes)
    {
        if (_bytes.Length - Length < sizeBytes)
        {
            byte[] grown = GC.AllocateUninitializedArray<byte>(checked((int)Math.Max(2L * _bytes.Length, (long)Length + sizeBytes)));
            Written.CopyTo(grown);
            _bytes = grown;
        }

        return _bytes.AsSpan(Length);
    }

    /// <summary>Takes bytes filled after <see cref="Reserve"/>.</summary>
    public void Advance(int sizeBytes) => Length += sizeBytes;

    /// <summary>Overwrites a byte written before.</summary>
    public void PatchByte(int position, byte value) => _bytes[position] = value;

    /// <summary>Overwrites four bytes written before.</summary>
    public void PatchUInt32(int position, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(position, 4), value);
}
