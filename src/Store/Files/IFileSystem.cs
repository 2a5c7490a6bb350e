namespace Bongsu.Store.Files;

/// <summary>The files of a data directory: the disk, or a simulated one that tears writes and fills up.</summary>
public interface IFileSystem
{
    /// <summary>Makes a directory and its parents where they are missing, for the owner only.</summary>
    void CreateDirectory(string path);

    /// <summary>Names of the files in a directory, in no order; none where it is missing.</summary>
    IReadOnlyList<string> ListFiles(string directory);

    /// <summary>Names of the directories in a directory, in no order; none where it is missing.</summary>
    IReadOnlyList<string> ListDirectories(string directory);

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It is missing, or the disk fails.</exception>
    IStorageFile Open(string path, StorageFileMode mode);

    /// <summary>Renames a file in one step, in the place of the one that has that name; durable after
    /// <see cref="SyncDirectory"/>.</summary>
    void Move(string from, string to);

    /// <summary>Removes a file, if it is there; those who have it open keep it. Durable after
    /// <see cref="SyncDirectory"/>.</summary>
    void DeleteFile(string path);

    /// <summary>Removes a directory with all that is in it, if it is there.</summary>
    void DeleteDirectory(string path);

    /// <summary>Makes creations, renames and removals in a directory durable.</summary>
    void SyncDirectory(string path);

    /// <summary>Size and free bytes of the disk a directory is on.</summary>
    (long TotalBytes, long FreeBytes) Space(string directory);

    /// <summary>Takes a directory for this process until disposed; null where another process has it.</summary>
    IDisposable? TryLock(string path);
}
