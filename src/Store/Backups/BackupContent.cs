using Bongsu.Store.Keys;
using Bongsu.Store.Scan;

namespace Bongsu.Store.Backups;

/// <summary>Everything at one point of the log.</summary>
/// <param name="Sequence">The last batch in it.</param>
/// <param name="Tables">The tables and their rows.</param>
/// <param name="Keys">The idempotency keys.</param>
internal sealed record BackupContent(
    long Sequence,
    IReadOnlyList<(Table Table, TableSnapshot Snapshot)> Tables,
    IReadOnlyList<RememberedKey> Keys);
