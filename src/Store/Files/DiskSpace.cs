namespace Bongsu.Store.Files;

/// <summary>Free space of the data directory's disk, asked at most once a second. Thread-safe.</summary>
internal sealed class DiskSpace
{
    private const long MaxReserveBytes = 256L << 20;
    private const int ReserveShare = 50;
    private static readonly TimeSpan s_refresh = TimeSpan.FromSeconds(1);

    private readonly IFileSystem _files;
    private readonly string _directory;
    private readonly TimeProvider _time;
    private long _checkedAt;
    private long _freeBytes;

    public DiskSpace(IFileSystem files, string directory, TimeProvider time, long? reserveBytes)
    {
        _files = files;
        _directory = directory;
        _time = time;
        (TotalBytes, _freeBytes) = files.Space(directory);
        _checkedAt = time.GetTimestamp();
        ReserveBytes = reserveBytes ?? Math.Min(MaxReserveBytes, TotalBytes / ReserveShare);
    }

    public long TotalBytes { get; }

    /// <summary>Space kept for parts and manifests.</summary>
    public long ReserveBytes { get; }

    /// <summary>Whether the free space is below the reserve.</summary>
    public bool IsFull
    {
        get
        {
            if (_time.GetElapsedTime(Interlocked.Read(ref _checkedAt)) >= s_refresh)
            {
                Interlocked.Exchange(ref _freeBytes, _files.Space(_directory).FreeBytes);
                Interlocked.Exchange(ref _checkedAt, _time.GetTimestamp());
            }

            return Interlocked.Read(ref _freeBytes) < ReserveBytes;
        }
    }

    /// <summary>Free bytes when last asked.</summary>
    public long FreeBytes => Interlocked.Read(ref _freeBytes);
}
