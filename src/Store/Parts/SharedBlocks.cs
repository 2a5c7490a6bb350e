using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>A column whose blocks share a dictionary.</summary>
/// <param name="Dictionary">The dictionary.</param>
/// <param name="Blocks">The vectors of the part's blocks, all of that dictionary; may be enumerated again.</param>
internal sealed record SharedBlocks(SharedDictionary Dictionary, IEnumerable<StringVector> Blocks);
