using System.Buffers.Binary;
using Bongsu.Core.Compression;

namespace Bongsu.Store.Wal;

/// <summary>Headers of log segments and records. Layout: docs/formats/wal.md.</summary>
internal static class LogFormat
{
    public const int SegmentHeaderBytes = 32;
    public const int RecordHeaderBytes = 28;

    /// <summary>Most bytes of one record's body.</summary>
    public const int MaxBodyBytes = 1 << 30;

    private const ulong Magic = 0x314C_4157_474E_4F42; // "BONGWAL1"

    public static void WriteSegmentHeader(Span<byte> header, long segment, long firstSequence)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], segment);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], firstSequence);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], Crc32C.Compute(header[..28]));
    }

    /// <summary>The first sequence of a segment; false where the header is not that of this segment.</summary>
    public static bool TryReadSegmentHeader(ReadOnlySpan<byte> header, long segment, out long firstSequence)
    {
        firstSequence = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        return BinaryPrimitives.ReadUInt64LittleEndian(header) == Magic &&
            BinaryPrimitives.ReadInt64LittleEndian(header[8..]) == segment &&
            BinaryPrimitives.ReadUInt32LittleEndian(header[28..]) == Crc32C.Compute(header[..28]);
    }

    public static void WriteRecordHeader(Span<byte> header, long segment, in LogRecordHeader record)
    {
        BinaryPrimitives.WriteInt32LittleEndian(header, record.BodyBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], record.BodyChecksum);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], record.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], record.IngestedTicks);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], Checksum(header, segment));
    }

    /// <summary>False where the bytes are no record of this segment: leftovers of a file's earlier life, zeros, a torn
    /// write.</summary>
    public static bool TryReadRecordHeader(ReadOnlySpan<byte> header, long segment, out LogRecordHeader record)
    {
        record = new LogRecordHeader(
            BinaryPrimitives.ReadInt32LittleEndian(header),
            BinaryPrimitives.ReadUInt32LittleEndian(header[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[16..]));
        return BinaryPrimitives.ReadUInt32LittleEndian(header[24..]) == Checksum(header, segment) &&
            record.BodyBytes is > 0 and <= MaxBodyBytes;
    }

    // The segment's number is not in the record, but in its checksum.
    private static uint Checksum(ReadOnlySpan<byte> header, long segment)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, segment);
        return Crc32C.Append(Crc32C.Compute(number), header[..24]);
    }
}
