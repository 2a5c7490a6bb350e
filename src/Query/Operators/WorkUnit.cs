using Bongsu.Core.Batches;

namespace Bongsu.Query.Operators;

/// <summary>A piece of an operator's input (for a scan, one block) that any thread may run, once.</summary>
internal delegate IEnumerable<Batch> WorkUnit();
