using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Bongsu.Ingest.Files.Delivery;

/// <summary>Knows a file again after it was renamed: device and inode on Linux, the time of its creation
/// elsewhere.</summary>
internal static partial class FileIdentity
{
    /// <summary>Bytes of the beginning that tell files of the same identity apart.</summary>
    public const int FingerprintBytes = 1024;

    private const int AtFdCwd = -100;
    private const int AtEmptyPath = 0x1000;
    private const uint StatxIno = 0x100;

    // struct statx has one layout on every architecture (man 2 statx).
    private const int StatxBytes = 256;
    private const int InodeAt = 32;
    private const int DeviceMajorAt = 136;
    private const int DeviceMinorAt = 140;

    /// <summary>Identity of an open file.</summary>
    public static string Of(SafeFileHandle file)
    {
        if (OperatingSystem.IsLinux() && TryStatx(file.DangerousGetHandle().ToInt32(), "", AtEmptyPath) is { } identity)
        {
            return identity;
        }

        return ByCreation(File.GetCreationTimeUtc(file));
    }

    /// <summary>Identity of what a path names now; null where there is nothing.</summary>
    public static string? Of(string path)
    {
        if (OperatingSystem.IsLinux() && TryStatx(AtFdCwd, path, 0) is { } identity)
        {
            return identity;
        }

        return File.Exists(path) ? ByCreation(File.GetCreationTimeUtc(path)) : null;
    }

    /// <summary>SHA-256 of the first bytes of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="bytes">How many; fewer are taken where the file is shorter.</param>
    /// <param name="taken">How many were taken.</param>
    public static string Fingerprint(SafeFileHandle file, int bytes, out int taken)
    {
        byte[] head = new byte[bytes];
        taken = 0;
        while (taken < bytes)
        {
            int read = RandomAccess.Read(file, head.AsSpan(taken), taken);
            if (read == 0)
            {
                break;
            }

            taken += read;
        }

        return Convert.ToHexStringLower(SHA256.HashData(head.AsSpan(0, taken)));
    }

    /// <summary>Whether an open file is the one a position was kept of, not shorter than that position.</summary>
    public static bool Matches(SafeFileHandle file, FilePosition position) =>
        RandomAccess.GetLength(file) >= position.Offset &&
        Fingerprint(file, position.FingerprintBytes, out int taken) == position.Fingerprint && taken == position.FingerprintBytes;

    private static string ByCreation(DateTime created) => "created-" + created.Ticks.ToString("x", CultureInfo.InvariantCulture);

    private static unsafe string? TryStatx(int directory, string path, int flags)
    {
        byte* buffer = stackalloc byte[StatxBytes];
        try
        {
            if (Statx(directory, path, flags, StatxIno, buffer) != 0)
            {
                return null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than 2018; the time of creation has to do.
            return null;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{*(uint*)(buffer + DeviceMajorAt):x}:{*(uint*)(buffer + DeviceMinorAt):x}:{*(ulong*)(buffer + InodeAt):x}");
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* buffer);
}
