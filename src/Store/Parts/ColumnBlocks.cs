using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>A column given block by block.</summary>
internal readonly record struct ColumnBlocks(Column Column, IEnumerable<Vector> Blocks);
