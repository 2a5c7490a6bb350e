namespace Bongsu.Store.Wal;

/// <summary>What stands before the body of a record.</summary>
internal readonly record struct LogRecordHeader(int BodyBytes, uint BodyChecksum, long Sequence, long IngestedTicks);
