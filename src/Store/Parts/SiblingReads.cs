using Bongsu.Core.Encodings;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>What templated text of a block refers to: other columns of the block, each read once. Any number of
/// threads.</summary>
internal sealed class SiblingReads
{
    private readonly Part _part;
    private readonly int _block;
    private readonly Func<string, Vector?>? _source;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Vector?> _columns = new(StringComparer.Ordinal);

    /// <summary>For a block.</summary>
    /// <param name="part">Its part.</param>
    /// <param name="block">Which one.</param>
    /// <param name="source">Gives the stored values of its columns; null = they are read from the part.</param>
    public SiblingReads(Part part, int block, Func<string, Vector?>? source)
    {
        _source = source;
        _part = part;
        _block = block;
    }

    /// <summary>A column, or null; templated text itself refers to nothing that refers on.</summary>
    public Vector? Read(string column)
    {
        lock (_gate)
        {
            if (!_columns.TryGetValue(column, out Vector? vector))
            {
                bool refersOn = _part.Footer.Find(column)?.Chunks[_block].Encoding == BlockEncoding.Template;
                vector = refersOn ? null : _source is null ? _part.Read(column, _block, out _) : _source(column);
                _columns.Add(column, vector);
            }

            return vector;
        }
    }
}
