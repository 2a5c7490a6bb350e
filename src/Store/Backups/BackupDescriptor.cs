using Bongsu.Core.Encodings;
using Bongsu.Store.Files;

namespace Bongsu.Store.Backups;

/// <summary>The file that says a backup is whole, and what is in it. Written last. Layout:
/// docs/formats/small-files.md.</summary>
internal static class BackupDescriptor
{
    public const string FileName = "backup";

    private const uint Kind = 0x4B41_4242; // "BBAK"

    public static void Save(IFileSystem files, string directory, IReadOnlyList<BackupTable> tables)
    {
        var writer = new ByteWriter();
        writer.WriteVarint((ulong)tables.Count);
        foreach (BackupTable table in tables)
        {
            writer.WriteString(table.Tenant);
            writer.WriteString(table.Name);
            writer.WriteVarint((ulong)table.RowCount);
        }

        AtomicFile.Write(files, Path.Combine(directory, FileName), Kind, writer.WrittenMemory);
    }

    /// <exception cref="StoreException">There is no whole backup.</exception>
    public static IReadOnlyList<BackupTable> Load(IFileSystem files, string directory)
    {
        if (!files.ListFiles(directory).Contains(FileName))
        {
            throw new StoreException("backup", $"{directory} holds no finished backup (the file '{FileName}' is missing)");
        }

        try
        {
            var reader = new ByteReader(AtomicFile.Read(files, Path.Combine(directory, FileName), Kind));
            var tables = new BackupTable[reader.ReadCount(reader.Remaining)];
            for (int table = 0; table < tables.Length; table++)
            {
                tables[table] = new BackupTable(reader.ReadString(), reader.ReadString(), (long)reader.ReadVarint());
            }

            return tables;
        }
        catch (CorruptDataException exception)
        {
            throw new StoreException("backup", exception.Message, exception);
        }
    }
}
