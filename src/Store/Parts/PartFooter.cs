using Bongsu.Core.Encodings;
using Bongsu.Core.Types;

namespace Bongsu.Store.Parts;

/// <summary>The table of contents at a part's end. Layout: docs/formats/part.md.</summary>
internal sealed class PartFooter
{
    public const int HeaderBytes = 16;
    public const int TrailerBytes = 32;
    public const ulong Magic = 0x3254_5241_5047_4E42; // "BNGPART2"
    public const int MaxFooterBytes = 256 << 20;

    private const int MaxBlocks = 1 << 20;
    private readonly Dictionary<string, PartColumn> _columnByName;

    public PartFooter(PartBlockRange[] blocks, IReadOnlyList<PartColumn> columns, long minIngestedTicks, long maxIngestedTicks)
    {
        Blocks = blocks;
        Columns = columns;
        MinIngestedTicks = minIngestedTicks;
        MaxIngestedTicks = maxIngestedTicks;
        _columnByName = columns.ToDictionary(column => column.Column.Name, StringComparer.Ordinal);
    }

    public PartBlockRange[] Blocks { get; }

    public IReadOnlyList<PartColumn> Columns { get; }

    public long MinIngestedTicks { get; }

    public long MaxIngestedTicks { get; }

    public PartColumn? Find(string name) => _columnByName.GetValueOrDefault(name);

    public void Encode(ByteWriter writer)
    {
        writer.WriteInt64(MinIngestedTicks);
        writer.WriteInt64(MaxIngestedTicks);
        writer.WriteVarint((ulong)Blocks.Length);
        foreach (PartBlockRange block in Blocks)
        {
            writer.WriteVarint((ulong)block.RowCount);
            writer.WriteInt64(block.MinTicks);
            writer.WriteInt64(block.MaxTicks);
        }

        writer.WriteVarint((ulong)Columns.Count);
        foreach (PartColumn column in Columns)
        {
            writer.WriteString(column.Column.Name);
            writer.WriteByte((byte)column.Column.Type);
            long end = 0;
            foreach (PartChunk chunk in column.Chunks)
            {
                writer.WriteVarint((ulong)(chunk.OffsetBytes - end));
                Encode(chunk, writer);
                end = chunk.OffsetBytes + chunk.SizeBytes + chunk.FilterBytes;
            }

            writer.WriteVarint((ulong)(column.Dictionary?.Count ?? 0));
            column.Dictionary?.Encode(writer);
            writer.WriteByte(column.Reference is null ? (byte)0 : (byte)1);
            column.Reference?.Encode(writer);
        }
    }

    /// <exception cref="CorruptDataException">The bytes are no footer.</exception>
    public static PartFooter Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        long minIngestedTicks = reader.ReadInt64();
        long maxIngestedTicks = reader.ReadInt64();
        var blocks = new PartBlockRange[reader.ReadCount(Math.Min(MaxBlocks, reader.Remaining))];
        for (int block = 0; block < blocks.Length; block++)
        {
            blocks[block] = new PartBlockRange(reader.ReadCount(VectorDecoder.MaxRows), reader.ReadInt64(), reader.ReadInt64());
        }

        var columns = new PartColumn[reader.ReadCount(reader.Remaining)];
        for (int index = 0; index < columns.Length; index++)
        {
            var column = new Column(reader.ReadString(), (ScalarType)reader.ReadByte());
            long offsetBytes = 0;
            var chunks = new PartChunk[blocks.Length];
            for (int block = 0; block < chunks.Length; block++)
            {
                offsetBytes = checked(offsetBytes + (long)(reader.ReadVarint() & long.MaxValue));
                chunks[block] = DecodeChunk(ref reader, offsetBytes);
                offsetBytes += (long)chunks[block].SizeBytes + chunks[block].FilterBytes;
            }

            int entries = reader.ReadCount(DictionaryPlace.MaxEntries);
            columns[index] = new PartColumn(column, chunks)
            {
                Dictionary = entries == 0 ? null : DictionaryPlace.Decode(ref reader, entries),
                Reference = reader.ReadByte() == 0 ? null : ReferencePlace.Decode(ref reader),
            };
        }

        reader.ExpectEnd();
        var footer = new PartFooter(blocks, columns, minIngestedTicks, maxIngestedTicks);
        Array.ForEach(columns, footer.Check);
        return footer;
    }

    /// <summary>Everything named must lie within the file, so that no number read asks for memory it could not
    /// fill.</summary>
    public void CheckPlaces(string path, long fileBytes)
    {
        foreach (PartColumn column in Columns)
        {
            long end = column.Chunks.Max(chunk => chunk.OffsetBytes + chunk.SizeBytes + chunk.FilterBytes);
            end = Math.Max(end, column.Dictionary is { } dictionary ? dictionary.FilterOffsetBytes + dictionary.FilterBytes : 0);
            end = Math.Max(end, column.Reference is { } reference ? reference.OffsetBytes + reference.SizeBytes : 0);
            if (end < 0 || end > fileBytes || column.Dictionary?.OffsetBytes < 0 || column.Reference?.OffsetBytes < 0)
            {
                throw new CorruptDataException(
                    $"part {path}: column \"{column.Column.Name}\" ends at {end} of {fileBytes} bytes");
            }
        }
    }

    // What a chunk refers to must be there, and not refer on.
    private void Check(PartColumn column)
    {
        bool isReference = column.Reference is { } reference && Find(reference.Column)?.Dictionary is not null;
        foreach (PartChunk chunk in column.Chunks)
        {
            if ((chunk.Encoding == BlockEncoding.SharedDictionary && (column.Dictionary is null || column.Column.Type != ScalarType.String)) ||
                (chunk.Encoding == BlockEncoding.Reference && !isReference))
            {
                throw new CorruptDataException($"column \"{column.Column.Name}\": {chunk.Encoding} without a dictionary");
            }
        }
    }

    private static void Encode(in PartChunk chunk, ByteWriter writer)
    {
        writer.WriteVarint((ulong)chunk.SizeBytes);
        if (chunk.SizeBytes == 0)
        {
            return;
        }

        writer.WriteUInt32(chunk.Checksum);
        writer.WriteByte((byte)chunk.Encoding);
        if (chunk.Encoding == BlockEncoding.Template)
        {
            writer.WriteVarint((ulong)chunk.DirectoryBytes);
            writer.WriteUInt32(chunk.DirectoryChecksum);
        }

        writer.WriteByte((byte)chunk.Flags);
        if (chunk.Has(PartChunkFlags.HasRange))
        {
            writer.WriteZigzag(chunk.Min);
            writer.WriteVarint((ulong)(chunk.Max - chunk.Min));
        }

        writer.WriteVarint((ulong)chunk.PlainBytes);
        writer.WriteVarint((ulong)chunk.FilterBytes);
        if (chunk.FilterBytes > 0)
        {
            writer.WriteUInt32(chunk.FilterChecksum);
        }
    }

    private static PartChunk DecodeChunk(ref ByteReader reader, long offsetBytes)
    {
        int sizeBytes = reader.ReadCount(int.MaxValue);
        if (sizeBytes == 0)
        {
            return new PartChunk { OffsetBytes = offsetBytes, Encoding = BlockEncoding.AllNull, Flags = PartChunkFlags.HasNulls };
        }

        uint checksum = reader.ReadUInt32();
        var encoding = (BlockEncoding)reader.ReadByte();
        int directoryBytes = 0;
        uint directoryChecksum = 0;
        if (encoding == BlockEncoding.Template)
        {
            directoryBytes = reader.ReadCount(Math.Max(0, sizeBytes - VectorDecoder.TemplateHeadBytes));
            directoryChecksum = reader.ReadUInt32();
        }

        var flags = (PartChunkFlags)reader.ReadByte();
        long min = 0;
        long max = 0;
        if ((flags & PartChunkFlags.HasRange) != 0)
        {
            min = reader.ReadZigzag();
            max = min + (long)reader.ReadVarint();
        }

        long plainBytes = (long)reader.ReadVarint();
        int filterBytes = reader.ReadCount(int.MaxValue);
        return new PartChunk
        {
            OffsetBytes = offsetBytes,
            SizeBytes = sizeBytes,
            Checksum = checksum,
            DirectoryBytes = directoryBytes,
            DirectoryChecksum = directoryChecksum,
            Encoding = encoding,
            Flags = flags,
            Min = min,
            Max = max,
            PlainBytes = plainBytes,
            FilterBytes = filterBytes,
            FilterChecksum = filterBytes > 0 ? reader.ReadUInt32() : 0,
        };
    }
}
