using Bongsu.Core.Compression;

namespace Bongsu.Core.Encodings;

/// <summary>Bytes of a known number, compressed where that gains.</summary>
/// <remarks>Varint stored size, 0 = as they are; then the stored bytes.</remarks>
public static class CompressedBytes
{
    /// <summary>The zstd level: higher ones gain nothing on log text below 6, which takes three times as long.</summary>
    public const int FastLevel = 1;

    // A frame has about a dozen bytes of its own.
    private const int MinBytes = 64;

    /// <summary>Appends bytes, compressed where that gains.</summary>
    public static void Write(ReadOnlySpan<byte> bytes, int level, ByteWriter writer)
    {
        if (bytes.Length >= MinBytes)
        {
            // Room for the size, which is known afterwards: at most five bytes.
            const int SizeRoom = 5;
            Span<byte> room = writer.Reserve(SizeRoom + Zstd.MaxCompressedBytes(bytes.Length));
            int compressedBytes = Zstd.Compress(bytes, room[SizeRoom..], level);
            if (compressedBytes < bytes.Length - (bytes.Length >> 5))
            {
                int start = writer.Length;
                writer.WriteVarint((ulong)compressedBytes);
                int sizeBytes = writer.Length - start;
                room.Slice(SizeRoom, compressedBytes).CopyTo(room[sizeBytes..]);
                writer.Advance(compressedBytes);
                return;
            }
        }

        writer.WriteVarint(0);
        writer.WriteBytes(bytes);
    }

    /// <summary>Reads back so many bytes.</summary>
    /// <exception cref="CorruptDataException">They are damaged.</exception>
    public static byte[] Read(ref ByteReader reader, int sizeBytes)
    {
        int storedBytes = reader.ReadCount(reader.Remaining);
        if (storedBytes == 0)
        {
            return reader.ReadBytes(sizeBytes).ToArray();
        }

        ReadOnlySpan<byte> stored = reader.ReadBytes(storedBytes);
        CheckCanHold(reader, storedBytes, sizeBytes);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(sizeBytes);
        Zstd.Decompress(stored, bytes);
        return bytes;
    }

    /// <summary>Reads back bytes that fill <paramref name="destination"/>.</summary>
    /// <exception cref="CorruptDataException">They are damaged.</exception>
    public static void ReadInto(ref ByteReader reader, Span<byte> destination)
    {
        int storedBytes = reader.ReadCount(reader.Remaining);
        if (storedBytes == 0)
        {
            reader.ReadBytes(destination.Length).CopyTo(destination);
            return;
        }

        ReadOnlySpan<byte> stored = reader.ReadBytes(storedBytes);
        CheckCanHold(reader, storedBytes, destination.Length);
        Zstd.Decompress(stored, destination);
    }

    private static void CheckCanHold(in ByteReader reader, int storedBytes, int sizeBytes)
    {
        if (!Zstd.CanHold(storedBytes, sizeBytes))
        {
            throw new CorruptDataException($"byte {reader.Position}: {storedBytes} compressed bytes cannot hold {sizeBytes}");
        }
    }
}
