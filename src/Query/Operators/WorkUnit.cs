using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Operators;

/// <summary>A piece of an operator's input (for a scan, one block) that any thread may run, once.</summary>
/// <param name="arrays">Lends the memory of the batches, which then live until the unit is done; null = they live as
/// long as anybody refers to them.</param>
internal delegate IEnumerable<Batch> WorkUnit(BlockArrays? arrays);
