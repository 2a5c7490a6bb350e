using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>The rows of one block that is to be written: each column is collected once, when it is first asked for. One
/// owner; its vectors live until it is disposed.</summary>
internal sealed class BlockRows : IDisposable
{
    private readonly Func<Column, BlockArrays, Vector> _collect;
    private readonly BlockArrays _arrays = new();
    private readonly Dictionary<string, Vector> _vectors = new(StringComparer.Ordinal);

    public BlockRows(Func<Column, BlockArrays, Vector> collect)
    {
        _collect = collect;
    }

    /// <summary>The values of a column; one that shares a dictionary gives codes of that.</summary>
    public Vector this[Column column]
    {
        get
        {
            if (!_vectors.TryGetValue(column.Name, out Vector? vector))
            {
                vector = _collect(column, _arrays);
                _vectors.Add(column.Name, vector);
            }

            return vector;
        }
    }

    public void Dispose() => _arrays.Dispose();
}
