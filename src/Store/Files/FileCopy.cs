namespace Bongsu.Store.Files;

/// <summary>Copies open files: also those whose name is gone already.</summary>
internal static class FileCopy
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Copies and syncs; returns the bytes.</summary>
    public static long Copy(IFileSystem files, IStorageFile source, string target, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferBytes];
        using IStorageFile copy = files.Open(target, StorageFileMode.Create);
        long offsetBytes = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = source.Read(buffer, offsetBytes);
            if (read > 0)
            {
                copy.Write([buffer.AsMemory(0, read)], offsetBytes);
                offsetBytes += read;
            }

            if (read < buffer.Length)
            {
                break;
            }
        }

        copy.Sync();
        return offsetBytes;
    }
}
