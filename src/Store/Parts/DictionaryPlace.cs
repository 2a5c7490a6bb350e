using Bongsu.Core.Encodings;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>Where a column's shared dictionary is in a part, and what is known of it.</summary>
/// <remarks>The entries lie in chunks of <see cref="ChunkEntries"/>, one after the other; their filters follow.</remarks>
internal sealed record DictionaryPlace(
    IdentifierForm Form, int WidthBytes, int Count, int EmptyCode, long OffsetBytes, uint[] Checksums, uint FilterChecksum)
{
    /// <summary>Entries of a chunk; the last one may have fewer.</summary>
    public const int ChunkEntries = 1 << 16;

    /// <summary>Most entries: their bytes are in memory while they are written and read.</summary>
    public const int MaxEntries = 1 << 23;

    public int ChunkCount => ChunkCountOf(Count);

    public long FilterOffsetBytes => OffsetBytes + ((long)Count * WidthBytes);

    public int FilterBytes => IdentifierFilter.SizeOf(Count);

    public int EntriesOf(int chunk) => Math.Min(ChunkEntries, Count - (chunk * ChunkEntries));

    public void Encode(ByteWriter writer)
    {
        writer.WriteByte((byte)Form);
        writer.WriteByte((byte)WidthBytes);
        writer.WriteVarint((ulong)(EmptyCode + 1));
        writer.WriteVarint((ulong)OffsetBytes);
        foreach (uint checksum in Checksums)
        {
            writer.WriteUInt32(checksum);
        }

        writer.WriteUInt32(FilterChecksum);
    }

    public static DictionaryPlace Decode(ref ByteReader reader, int count)
    {
        var form = (IdentifierForm)reader.ReadByte();
        int widthBytes = reader.ReadByte();
        int emptyCode = reader.ReadCount(count) - 1;
        long offsetBytes = (long)reader.ReadVarint();
        if (!IdentifierText.IsWidth(form, widthBytes) || offsetBytes < 0)
        {
            throw new CorruptDataException($"dictionary of {widthBytes} bytes ({form}) at {offsetBytes}");
        }

        uint[] checksums = new uint[ChunkCountOf(count)];
        for (int chunk = 0; chunk < checksums.Length; chunk++)
        {
            checksums[chunk] = reader.ReadUInt32();
        }

        return new DictionaryPlace(form, widthBytes, count, emptyCode, offsetBytes, checksums, reader.ReadUInt32());
    }

    private static int ChunkCountOf(int count) => (count + ChunkEntries - 1) / ChunkEntries;
}
