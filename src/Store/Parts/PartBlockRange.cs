namespace Bongsu.Store.Parts;

/// <summary>Rows and time range of one block.</summary>
internal readonly record struct PartBlockRange(int RowCount, long MinTicks, long MaxTicks);
