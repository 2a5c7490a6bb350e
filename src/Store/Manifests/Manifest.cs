using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Store.Files;

namespace Bongsu.Store.Manifests;

/// <summary>What a table is made of: the file that decides which parts count. Layout:
/// docs/formats/manifest.md.</summary>
/// <param name="TableId">Its number in the log.</param>
/// <param name="Tenant">The tenant it belongs to.</param>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Its visible columns.</param>
/// <param name="FlushedSequence">Rows of the log up to here are in parts.</param>
/// <param name="NextPart">Parts from this number on do not exist yet.</param>
/// <param name="Parts">Numbers of its parts.</param>
/// <param name="DamagedParts">Numbers of parts set aside.</param>
internal sealed record Manifest(
    long TableId,
    string Tenant,
    string Name,
    Schema Schema,
    long FlushedSequence,
    long NextPart,
    IReadOnlyList<long> Parts,
    IReadOnlyList<long> DamagedParts)
{
    /// <summary>Its file in the table's directory.</summary>
    public const string FileName = "manifest";

    private const uint Kind = 0x4E41_4D42; // "BMAN"
    private const int MaxColumns = 1 << 20;

    public void Save(IFileSystem files, string directory)
    {
        var writer = new ByteWriter();
        writer.WriteVarint((ulong)TableId);
        writer.WriteString(Tenant);
        writer.WriteString(Name);
        writer.WriteVarint((ulong)FlushedSequence);
        writer.WriteVarint((ulong)NextPart);
        writer.WriteVarint((ulong)Schema.Count);
        foreach (Column column in Schema.Columns)
        {
            writer.WriteString(column.Name);
            writer.WriteByte((byte)column.Type);
        }

        WriteNumbers(writer, Parts);
        WriteNumbers(writer, DamagedParts);
        AtomicFile.Write(files, Path.Combine(directory, FileName), Kind, writer.WrittenMemory);
    }

    /// <exception cref="CorruptDataException">The file is damaged.</exception>
    public static Manifest Load(IFileSystem files, string directory)
    {
        var reader = new ByteReader(AtomicFile.Read(files, Path.Combine(directory, FileName), Kind));
        long tableId = (long)reader.ReadVarint();
        string tenant = reader.ReadString();
        string name = reader.ReadString();
        long flushedSequence = (long)reader.ReadVarint();
        long nextPart = (long)reader.ReadVarint();
        var columns = new Column[reader.ReadCount(Math.Min(MaxColumns, reader.Remaining))];
        for (int column = 0; column < columns.Length; column++)
        {
            columns[column] = new Column(reader.ReadString(), (ScalarType)reader.ReadByte());
        }

        var manifest = new Manifest(
            tableId, tenant, name, new Schema(columns), flushedSequence, nextPart, ReadNumbers(ref reader), ReadNumbers(ref reader));
        reader.ExpectEnd();
        return manifest;
    }

    private static void WriteNumbers(ByteWriter writer, IReadOnlyList<long> numbers)
    {
        writer.WriteVarint((ulong)numbers.Count);
        foreach (long number in numbers)
        {
            writer.WriteVarint((ulong)number);
        }
    }

    private static long[] ReadNumbers(ref ByteReader reader)
    {
        long[] numbers = new long[reader.ReadCount(reader.Remaining)];
        for (int index = 0; index < numbers.Length; index++)
        {
            numbers[index] = (long)reader.ReadVarint();
        }

        return numbers;
    }
}
