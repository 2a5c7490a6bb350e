using Bongsu.Core.Types;

namespace Bongsu.Store.Parts;

/// <summary>One column of a part, block by block.</summary>
/// <param name="Column">Name and type as stored.</param>
/// <param name="Chunks">One for each block.</param>
internal sealed record PartColumn(Column Column, PartChunk[] Chunks)
{
    /// <summary>The dictionary its blocks share, where they do.</summary>
    public DictionaryPlace? Dictionary { get; init; }

    /// <summary>The values that follow from another column, where they do.</summary>
    public ReferencePlace? Reference { get; init; }
}
