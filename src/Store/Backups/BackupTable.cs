namespace Bongsu.Store.Backups;

/// <summary>One table of a backup.</summary>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Name">Its name.</param>
/// <param name="RowCount">Its rows.</param>
public sealed record BackupTable(string Tenant, string Name, long RowCount);
