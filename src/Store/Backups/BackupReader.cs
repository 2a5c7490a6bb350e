using Bongsu.Core.Encodings;
using Bongsu.Store.Files;
using Bongsu.Store.Parts;

namespace Bongsu.Store.Backups;

/// <summary>Makes data directories of backups, and checks them.</summary>
internal static class BackupReader
{
    public static BackupReport Restore(IFileSystem files, string backupDirectory, string dataDirectory, CancellationToken cancellationToken)
    {
        backupDirectory = Path.GetFullPath(backupDirectory);
        dataDirectory = Path.GetFullPath(dataDirectory);
        IReadOnlyList<BackupTable> tables = BackupDescriptor.Load(files, backupDirectory);
        CheckEmpty(files, dataDirectory);

        long copiedBytes = 0;
        foreach (string child in new[] { DataLayout.Tenants, DataLayout.Keys })
        {
            copiedBytes += CopyTree(files, Path.Combine(backupDirectory, child), Path.Combine(dataDirectory, child), cancellationToken);
        }

        return new BackupReport(tables, copiedBytes);
    }

    public static async Task<BackupReport> VerifyAsync(
        IFileSystem files,
        string backupDirectory,
        string scratchDirectory,
        CancellationToken cancellationToken)
    {
        // Before the clean-up below can take anything that was there.
        CheckEmpty(files, scratchDirectory);
        try
        {
            BackupReport restored = Restore(files, backupDirectory, scratchDirectory, cancellationToken);
            var options = new StoreOptions { DataDirectory = scratchDirectory, Background = false };
            Database database = await Database.OpenAsync(options, TimeProvider.System, cancellationToken, files).ConfigureAwait(false);
            await using (database.ConfigureAwait(false))
            {
                foreach (BackupTable expected in restored.Tables)
                {
                    Check(database, expected, cancellationToken);
                }
            }

            return restored;
        }
        finally
        {
            files.DeleteDirectory(scratchDirectory);
        }
    }

    private static void Check(Database database, BackupTable expected, CancellationToken cancellationToken)
    {
        string place = $"table '{expected.Name}' of tenant '{expected.Tenant}'";
        Table table = database.FindTable(expected.Tenant, expected.Name)
            ?? throw new StoreException("backup", $"{place} is missing in the backup");
        long rowCount = 0;
        foreach (Part part in table.Parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                part.Check();
            }
            catch (CorruptDataException exception)
            {
                throw new StoreException("backup", $"{place}: {exception.Message}", exception);
            }

            rowCount += part.RowCount;
        }

        if (rowCount != expected.RowCount)
        {
            throw new StoreException("backup", $"{place} has {rowCount} rows in the backup, expected {expected.RowCount}");
        }
    }

    private static void CheckEmpty(IFileSystem files, string directory)
    {
        if (files.ListFiles(directory).Count > 0 || files.ListDirectories(directory).Count > 0)
        {
            throw new StoreException("backup", $"{directory} is not empty: a restore needs a new directory");
        }
    }

    private static long CopyTree(IFileSystem files, string from, string to, CancellationToken cancellationToken)
    {
        files.CreateDirectory(to);
        long copiedBytes = 0;
        foreach (string name in files.ListFiles(from))
        {
            using IStorageFile source = files.Open(Path.Combine(from, name), StorageFileMode.Read);
            copiedBytes += FileCopy.Copy(files, source, Path.Combine(to, name), cancellationToken);
        }

        foreach (string name in files.ListDirectories(from))
        {
            copiedBytes += CopyTree(files, Path.Combine(from, name), Path.Combine(to, name), cancellationToken);
        }

        files.SyncDirectory(to);
        return copiedBytes;
    }
}
