using Bongsu.Store.Files;
using Bongsu.Store.Head;
using Bongsu.Store.Keys;
using Bongsu.Store.Wal;

namespace Bongsu.Store;

/// <summary>What the maintenance takes care of.</summary>
internal sealed record MaintenanceParts(
    HeadBudget Budget,
    DiskSpace Space,
    KeyMemory Keys,
    KeyFiles KeyFiles,
    WriteAheadLog Log,
    LogFiles LogFiles,
    LogTrimmer Trimmer,
    long SegmentBytes);
