using Bongsu.Store.Scan;

namespace Bongsu.Store.Parts;

/// <summary>A block of a part.</summary>
internal abstract class PartBlock : RowBlock;
