namespace Bongsu.Store.Files;

/// <summary>Tells a full disk from other failures.</summary>
internal static class DiskFull
{
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaLinux = 122; // EDQUOT
    private const int QuotaMac = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    public static bool Is(Exception exception) =>
        exception is IOException { HResult: NoSpace or QuotaLinux or QuotaMac or WindowsDiskFull or WindowsHandleDiskFull };

    /// <summary>What a full disk throws; for simulated ones.</summary>
    public static IOException Create(string path) => new($"{path}: no space left on device", NoSpace);
}
