using Bongsu.Core.Encodings;

namespace Bongsu.Core.Vectors;

/// <summary>Lends arrays to the vectors of one block, and takes all of them back at once. One owner.</summary>
/// <remarks>
/// Arrays of a block's length are large objects: fresh ones for every block cost more, in cleared pages and
/// collections, than decoding into them. Whoever reads blocks with one of these looks at no vector of a block after
/// <see cref="Reset"/>. What is lent holds whatever was in it.
/// </remarks>
public sealed class BlockArrays : IDisposable
{
    // Below this the garbage collector is as quick.
    private const int MinPooledBytes = 4096;

    private readonly List<Lent> _lent = [];
    private readonly List<(object Owner, int[] Codes, RowGroups? Groups)> _codes = [];

    /// <summary>An array of at least a length, with any content: from the arrays, or a new one where there are
    /// none.</summary>
    public static T[] Rent<T>(BlockArrays? arrays, int length)
        where T : unmanaged =>
        arrays is null || length < MinPooledBytes / sizeof(long)
            ? GC.AllocateUninitializedArray<T>(length)
            : arrays.Rent<T>(length);

    /// <summary>Takes everything back that was lent.</summary>
    public void Reset()
    {
        foreach (Lent array in _lent)
        {
            array.Return(array.Array);
        }

        _lent.Clear();
        _codes.Clear();
    }

    /// <summary>Codes that were kept for an owner since the last <see cref="Reset"/>, or null.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="wanted">Of which rows; null = all.</param>
    public int[]? FindCodes(object owner, RowGroups? wanted = null)
    {
        foreach ((object known, int[] codes, RowGroups? groups) in _codes)
        {
            if (ReferenceEquals(known, owner) && (groups is null || groups.Covers(wanted)))
            {
                return codes;
            }
        }

        return null;
    }

    /// <summary>Keeps codes of the block, or of some of its groups, which several of its columns may refer to.</summary>
    public void KeepCodes(object owner, int[] codes, RowGroups? groups = null) => _codes.Add((owner, codes, groups));

    /// <inheritdoc/>
    public void Dispose() => Reset();

    private T[] Rent<T>(int length)
        where T : unmanaged
    {
        T[] array = SharedArrays.Rent<T>(length);
        _lent.Add(new Lent(array, static lent => SharedArrays.Return((T[])lent)));
        return array;
    }

    private readonly record struct Lent(Array Array, Action<Array> Return);
}
