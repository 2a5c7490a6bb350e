using Bongsu.Core.Encodings;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>What templated text of a block refers to: other columns of the block, each read once where nobody else holds
/// it. Any number of threads.</summary>
internal sealed class SiblingReads
{
    private readonly Part _part;
    private readonly int _block;
    private readonly SiblingReader? _source;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Vector?> _columns = new(StringComparer.Ordinal);

    /// <summary>For a block.</summary>
    /// <param name="part">Its part.</param>
    /// <param name="block">Which one.</param>
    /// <param name="source">Gives its columns; where it gives null, or another type than the stored one, they are read from
    /// the part. Not kept: they may live no longer than their owner.</param>
    public SiblingReads(Part part, int block, SiblingReader? source)
    {
        _source = source;
        _part = part;
        _block = block;
    }

    /// <summary>A column, or the given rows of it, or null; templated text itself refers to nothing that refers on.</summary>
    public Vector? Read(string column, int[]? rows)
    {
        PartColumn? stored = _part.Footer.Find(column);
        if (stored is null || stored.Chunks[_block].Encoding == BlockEncoding.Template)
        {
            return null;
        }

        if (_source?.Invoke(column, rows) is { } held && held.Type == stored.Column.Type)
        {
            return held;
        }

        lock (_gate)
        {
            if (!_columns.TryGetValue(column, out Vector? vector))
            {
                try
                {
                    vector = _part.Read(column, _block, out _);
                }
                catch (CorruptDataException exception)
                {
                    // Too late for the scan to go on without the part: this question fails, the next one does not.
                    _part.TrySetAside(exception);
                    throw;
                }

                _columns.Add(column, vector);
            }

            return rows is null ? vector : vector?.Gather(rows);
        }
    }
}
