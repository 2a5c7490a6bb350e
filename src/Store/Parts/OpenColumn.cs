using Bongsu.Core.Types;

namespace Bongsu.Store.Parts;

/// <summary>A column of a part that is being written.</summary>
internal sealed class OpenColumn(Column column)
{
    public Column Column { get; } = column;

    public List<PartChunk> Chunks { get; } = [];

    public DictionaryPlace? Dictionary { get; set; }

    public ReferencePlace? Reference { get; set; }
}
