using Bongsu.Core.Batches;
using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Wal;

/// <summary>The body of a record: one batch of one table.</summary>
/// <param name="TableId">The table.</param>
/// <param name="SourceId">Who sent it.</param>
/// <param name="BatchKey">Its idempotency key, hashed; 0 = none.</param>
/// <param name="RowKeys">Its rows' keys, hashed, 0 = none; null where no row has one.</param>
/// <param name="Batch">The rows.</param>
internal sealed record LogEntry(long TableId, string SourceId, UInt128 BatchKey, UInt128[]? RowKeys, Batch Batch)
{
    private const byte HasBatchKey = 1;
    private const byte HasRowKeys = 2;
    private const int MaxColumns = 1 << 20;

    public void Encode(ByteWriter writer)
    {
        writer.WriteVarint((ulong)TableId);
        writer.WriteString(SourceId);
        writer.WriteByte((byte)((BatchKey != default ? HasBatchKey : 0) | (RowKeys is not null ? HasRowKeys : 0)));
        if (BatchKey != default)
        {
            WriteKey(writer, BatchKey);
        }

        writer.WriteVarint((ulong)Batch.RowCount);
        foreach (UInt128 key in RowKeys ?? [])
        {
            WriteKey(writer, key);
        }

        writer.WriteVarint((ulong)Batch.Schema.Count);
        foreach (Column column in Batch.Schema.Columns)
        {
            writer.WriteString(column.Name);
            writer.WriteByte((byte)column.Type);
        }

        foreach (Vector vector in Batch.Vectors)
        {
            VectorEncoder.Encode(vector, EncodingEffort.Log, writer);
        }
    }

    /// <exception cref="CorruptDataException">The bytes are not a body.</exception>
    public static LogEntry Decode(ReadOnlySpan<byte> body)
    {
        var reader = new ByteReader(body);
        long tableId = (long)reader.ReadVarint();
        string sourceId = reader.ReadString();
        byte flags = reader.ReadByte();
        UInt128 batchKey = (flags & HasBatchKey) != 0 ? ReadKey(ref reader) : default;
        int rowCount = reader.ReadCount(VectorDecoder.MaxRows);
        UInt128[]? rowKeys = (flags & HasRowKeys) != 0 ? ReadKeys(ref reader, rowCount) : null;
        var columns = new Column[reader.ReadCount(Math.Min(MaxColumns, reader.Remaining))];
        for (int column = 0; column < columns.Length; column++)
        {
            columns[column] = new Column(reader.ReadString(), (ScalarType)reader.ReadByte());
        }

        var vectors = new Vector[columns.Length];
        for (int column = 0; column < vectors.Length; column++)
        {
            vectors[column] = VectorDecoder.Decode(ref reader, columns[column].Type, rowCount);
        }

        reader.ExpectEnd();
        return new LogEntry(tableId, sourceId, batchKey, rowKeys, new Batch(new Schema(columns), vectors, rowCount));
    }

    private static void WriteKey(ByteWriter writer, UInt128 key)
    {
        writer.WriteUInt64((ulong)key);
        writer.WriteUInt64((ulong)(key >> 64));
    }

    private static UInt128 ReadKey(ref ByteReader reader)
    {
        ulong low = reader.ReadUInt64();
        return new UInt128(reader.ReadUInt64(), low);
    }

    private static UInt128[] ReadKeys(ref ByteReader reader, int count)
    {
        if (reader.Remaining < (long)count * 16)
        {
            throw new CorruptDataException($"{reader.Remaining} bytes left for {count} row keys");
        }

        var keys = new UInt128[count];
        for (int row = 0; row < count; row++)
        {
            keys[row] = ReadKey(ref reader);
        }

        return keys;
    }
}
