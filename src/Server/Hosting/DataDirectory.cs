namespace Bongsu.Server.Hosting;

/// <summary>Makes the data directory and looks at where it lies.</summary>
internal static class DataDirectory
{
    /// <summary>Makes the directory (for its owner only) and warns where its contents would not outlive a
    /// container.</summary>
    public static void Prepare(string path, TextWriter warnings)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (FileSystemOf(path, ReadMounts()) is "overlay" or "aufs")
        {
            warnings.WriteLine(
                $"bongsu: warning: {path} lies on a container's overlay file system: it is slow, and gone with the container; mount a volume there");
        }
    }

    /// <summary>The type of the file system a path lies on, or null where that cannot be told.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="mounts">Lines of <c>/proc/self/mounts</c>.</param>
    public static string? FileSystemOf(string path, IEnumerable<string> mounts)
    {
        string? type = null;
        int longest = -1;
        foreach (string mount in mounts)
        {
            string[] fields = mount.Split(' ');
            if (fields.Length < 3)
            {
                continue;
            }

            string point = fields[1].TrimEnd('/');
            if (point.Length > longest && (path == point || path.StartsWith(point + "/", StringComparison.Ordinal)))
            {
                (longest, type) = (point.Length, fields[2]);
            }
        }

        return type;
    }

    private static string[] ReadMounts() => File.Exists("/proc/self/mounts") ? File.ReadAllLines("/proc/self/mounts") : [];
}
