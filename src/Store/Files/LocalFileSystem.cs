using System.Runtime.InteropServices;

namespace Bongsu.Store.Files;

/// <summary>The machine's own file system. Directories are made with mode 0700, files with 0600.</summary>
public sealed partial class LocalFileSystem : IFileSystem
{
    private const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <inheritdoc/>
    public void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        // The mode given would hold for the last directory only.
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent && !Directory.Exists(parent))
        {
            CreateDirectory(parent);
        }

        Directory.CreateDirectory(path, DirectoryMode);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFiles(string directory) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory).Select(path => Path.GetFileName(path))] : [];

    /// <inheritdoc/>
    public IReadOnlyList<string> ListDirectories(string directory) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateDirectories(directory).Select(path => Path.GetFileName(path))] : [];

    /// <inheritdoc/>
    public IStorageFile Open(string path, StorageFileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode == StorageFileMode.Create ? FileMode.Create : FileMode.Open,
            Access = mode == StorageFileMode.Read ? FileAccess.Read : FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
        };
        if (mode == StorageFileMode.Create && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        // File.OpenHandle takes no creation mode; the stream is only the way to the handle.
        if (mode != StorageFileMode.Create)
        {
            return new LocalFile(path, File.OpenHandle(path, options.Mode, options.Access, options.Share));
        }

        using (new FileStream(path, options))
        {
        }

        return new LocalFile(path, File.OpenHandle(path, FileMode.Open, options.Access, options.Share));
    }

    /// <inheritdoc/>
    public void Move(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void DeleteFile(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void DeleteDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void SyncDirectory(string path)
    {
        // Windows has no such call; NTFS journals its directories.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = OpenDirectory(path, 0);
        if (descriptor < 0)
        {
            throw new IOException($"{path}: open failed with error {Marshal.GetLastPInvokeError()}");
        }

        int result = SyncDescriptor(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = CloseDescriptor(descriptor);
        if (result != 0)
        {
            throw new IOException($"{path}: fsync failed with error {error}", error);
        }
    }

    /// <inheritdoc/>
    public (long TotalBytes, long FreeBytes) Space(string directory)
    {
        var drive = new DriveInfo(Path.GetFullPath(directory));
        return (drive.TotalSize, drive.AvailableFreeSpace);
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string path)
    {
        try
        {
            // On Unix .NET takes an advisory lock (flock) for FileShare.None; it goes with the process.
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            return new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenDirectory(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int descriptor);
}
