using Bongsu.Core.Vectors;

namespace Bongsu.Store.Scan;

/// <summary>Rows of a block that were found, to be read later.</summary>
/// <param name="Rows">Their numbers in the block, ascending.</param>
/// <param name="Timestamps">Their timestamps.</param>
public sealed record FoundRows(int[] Rows, FixedVector<long> Timestamps);
