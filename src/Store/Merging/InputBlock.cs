using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Parts;
using Bongsu.Store.Schemas;

namespace Bongsu.Store.Merging;

/// <summary>A block of a part that is being merged; each column is read once. One owner; its vectors live until it is
/// disposed.</summary>
internal sealed class InputBlock : IDisposable
{
    private readonly BlockArrays _arrays = new();
    private readonly Dictionary<string, Vector?> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Vector> _coded = new(StringComparer.Ordinal);

    public InputBlock(Part part, int input, int block)
    {
        Part = part;
        Input = input;
        Block = block;
    }

    public Part Part { get; }

    /// <summary>Which of the merge's inputs the part is.</summary>
    public int Input { get; }

    public int Block { get; }

    public int RowCount => Part.Footer.Blocks[Block].RowCount;

    /// <summary>The values of a column in the table's type, or in codes of the merge's dictionary.</summary>
    public Vector Read(Column column, MergedDictionary? merged)
    {
        if (merged is null)
        {
            return Stored(column.Name) is { } stored ? VectorCast.Widen(stored, column.Type) : Vector.Nulls(column.Type, RowCount);
        }

        return _coded.TryGetValue(column.Name, out Vector? vector) ? vector
            : _coded[column.Name] = new StringVector(merged.Dictionary, CodesOf(column, merged), RowCount);
    }

    public void Dispose() => _arrays.Dispose();

    // As they are stored; what templated text refers to is mostly read for itself too.
    private Vector? Stored(string name)
    {
        if (!_stored.TryGetValue(name, out Vector? vector))
        {
            vector = Part.Read(name, Block, out _, _arrays, (sibling, rows) => rows is null ? Stored(sibling) : Stored(sibling)?.Gather(rows));
            _stored.Add(name, vector);
        }

        return vector;
    }

    private int[] CodesOf(Column column, MergedDictionary merged)
    {
        int[] codes = BlockArrays.Rent<int>(_arrays, RowCount);
        if (merged.Maps[Input] is { } map)
        {
            int[] stored = Part.Dictionaries.CodesOf(Part.Footer.Find(column.Name)!, Block, _arrays);
            for (int row = 0; row < RowCount; row++)
            {
                codes[row] = map[stored[row]];
            }

            return codes;
        }

        var strings = Stored(column.Name) as StringVector;
        for (int row = 0; row < RowCount; row++)
        {
            codes[row] = strings is null ? merged.Interner.InternEmpty() : merged.Interner.Intern(strings[row]);
        }

        return codes;
    }
}
