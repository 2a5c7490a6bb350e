namespace Bongsu.Store.Backups;

/// <summary>What a backup, restore or verification went through.</summary>
/// <param name="Tables">Each table with its rows.</param>
/// <param name="SizeBytes">Bytes copied or read.</param>
public sealed record BackupReport(IReadOnlyList<BackupTable> Tables, long SizeBytes);
