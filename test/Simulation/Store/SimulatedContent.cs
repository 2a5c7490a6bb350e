namespace Bongsu.Simulation.Store;

/// <summary>The bytes of a file, and what was written since the last sync.</summary>
internal sealed class SimulatedContent
{
    private const int SectorBytes = 512;

    private readonly List<(long Offset, byte[] Bytes)> _unsynced = [];
    private byte[] _bytes = [];
    private byte[] _synced = [];

    public long Length { get; private set; }

    private long SyncedLength { get; set; }

    public void Write(ReadOnlySpan<byte> bytes, long offsetBytes)
    {
        Length = Apply(ref _bytes, Length, bytes, offsetBytes);
        _unsynced.Add((offsetBytes, bytes.ToArray()));
    }

    public int Read(Span<byte> buffer, long offsetBytes)
    {
        int count = (int)Math.Clamp(Length - offsetBytes, 0, buffer.Length);
        _bytes.AsSpan((int)Math.Min(offsetBytes, Length), count).CopyTo(buffer);
        return count;
    }

    public void Sync()
    {
        foreach ((long offset, byte[] bytes) in _unsynced)
        {
            SyncedLength = Apply(ref _synced, SyncedLength, bytes, offset);
        }

        _unsynced.Clear();
    }

    /// <summary>Of each write that was not synced any sectors survive.</summary>
    public void LoseUnsynced(Random random)
    {
        foreach ((long offset, byte[] bytes) in _unsynced)
        {
            int fate = random.Next(4);
            for (int sector = 0; sector < bytes.Length; sector += SectorBytes)
            {
                int count = Math.Min(SectorBytes, bytes.Length - sector);
                bool survives = fate switch { 0 => true, 1 => false, 2 => sector < bytes.Length / 2, _ => random.Next(2) == 0 };
                if (survives)
                {
                    SyncedLength = Apply(ref _synced, SyncedLength, bytes.AsSpan(sector, count), offset + sector);
                }
            }
        }

        _unsynced.Clear();
        _bytes = [.. _synced.AsSpan(0, (int)SyncedLength)];
        Length = SyncedLength;
    }

    private static long Apply(ref byte[] target, long length, ReadOnlySpan<byte> bytes, long offsetBytes)
    {
        long end = offsetBytes + bytes.Length;
        if (end > target.Length)
        {
            Array.Resize(ref target, (int)Math.Max(end, target.Length * 2L));
        }

        bytes.CopyTo(target.AsSpan((int)offsetBytes));
        return Math.Max(length, end);
    }
}
