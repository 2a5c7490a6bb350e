using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Grouping;
using Bongsu.Stream.Windows;

namespace Bongsu.Stream.Events;

/// <summary>Keys (or terms) of a query by number, up to a cap. One owner.</summary>
internal sealed class KeyTable
{
    private readonly ScalarType[] _types;
    private readonly int _maxKeys;
    private GroupTable _groups;
    private Vector[]? _keys;

    /// <summary>An empty table.</summary>
    /// <param name="types">Types of the columns of a key.</param>
    /// <param name="maxKeys">Most keys.</param>
    public KeyTable(IEnumerable<ScalarType> types, int maxKeys)
    {
        _types = [.. types];
        _maxKeys = maxKeys;
        _groups = new GroupTable(_types);
    }

    /// <summary>Keys held.</summary>
    public int Count => _groups.GroupCount;

    /// <summary>Bytes of memory, about.</summary>
    public long SizeBytes => _groups.SizeBytes;

    /// <summary>The number of each row's key; -1 where it is new and the table is full.</summary>
    public int[] Intern(Vector[] keys, int rowCount)
    {
        int[] numbers = new int[rowCount];
        int before = Count;
        CappedGroups.Assign(_groups, keys, numbers, _maxKeys);
        _keys = Count == before ? _keys : null;
        return numbers;
    }

    /// <summary>The columns of all keys, one row per number; to be read before the next change.</summary>
    public Vector[] Keys() => _keys ??= _groups.Keys();

    /// <summary>Lets go of keys nobody holds; the others are numbered anew.</summary>
    /// <param name="isHeld">For each number, whether its key is held.</param>
    /// <returns>For each old number the new one; -1 where it is gone.</returns>
    public int[] Compact(bool[] isHeld)
    {
        int[] kept = [.. Enumerable.Range(0, Count).Where(number => isHeld[number])];
        int[] moved = new int[Count];
        Array.Fill(moved, -1);
        for (int number = 0; number < kept.Length; number++)
        {
            moved[kept[number]] = number;
        }

        var groups = new GroupTable(_types);
        if (kept.Length > 0)
        {
            groups.Assign([.. Keys().Select(key => key.Gather(kept))], new int[kept.Length]);
        }

        _groups = groups;
        _keys = null;
        return moved;
    }

    /// <summary>Writes all keys.</summary>
    public void Write(BinaryWriter writer) => _groups.Write(writer);

    /// <summary>Restores what <see cref="Write"/> wrote, into an empty table.</summary>
    public void Read(BinaryReader reader) => _groups.Read(reader);
}
