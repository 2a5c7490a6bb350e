using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Operators.Grouping;

namespace Bongsu.Alert.Judges;

/// <summary>Numbers the keys of a rule's values, so that what is known of each can lie in arrays. One owner.</summary>
internal sealed class SeriesKeys
{
    private ScalarType[] _types = [];
    private GroupTable? _table;

    /// <summary>Keys numbered so far.</summary>
    public int Count => _table?.GroupCount ?? 0;

    /// <summary>Names of the key columns; empty before any row.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>The number of each row's key; new keys get the next numbers.</summary>
    /// <returns>Null where the keys have other types than before: everything known by number is void then.</returns>
    public int[]? Assign(Batch rows, IReadOnlyList<int> keyColumns)
    {
        ScalarType[] types = [.. keyColumns.Select(column => rows.Schema[column].Type)];
        bool isAnother = _table is not null && !types.SequenceEqual(_types);
        if (_table is null || isAnother)
        {
            _types = types;
            _table = new GroupTable(types);
        }

        Names = [.. keyColumns.Select(column => rows.Schema[column].Name)];
        int[] numbers = new int[rows.RowCount];
        _table.Assign([.. keyColumns.Select(column => rows[column])], numbers);
        return isAnother ? null : numbers;
    }

    /// <summary>The numbers of keys of another such table; new keys get the next numbers.</summary>
    /// <param name="keys">A vector for each key column.</param>
    /// <param name="count">Their rows.</param>
    public int[] Assign(Vector[] keys, int count)
    {
        int[] numbers = new int[count];
        if (count > 0)
        {
            _types = [.. keys.Select(key => key.Type)];
            _table ??= new GroupTable(_types);
            _table.Assign(keys, numbers);
        }

        return numbers;
    }

    /// <summary>The number that each key has in another table; -1 where it is not there. Changes neither.</summary>
    public int[] NumbersIn(SeriesKeys other)
    {
        int[] numbers = new int[Count];
        if (Count == 0 || other.Count == 0 || !other._types.SequenceEqual(_types))
        {
            Array.Fill(numbers, -1);
            return numbers;
        }

        var table = new GroupTable(_types);
        table.Assign(other.Vectors(), new int[other.Count]);
        table.Assign(Vectors(), numbers);
        return [.. numbers.Select(number => number < other.Count ? number : -1)];
    }

    /// <summary>The keys by number: a vector for each key column.</summary>
    public Vector[] Vectors() => _table?.Keys() ?? [];

    /// <summary>Forgets keys; those kept are numbered again, in the same order.</summary>
    public void Keep(int[] numbers)
    {
        Vector[] kept = [.. Vectors().Select(vector => vector.Gather(numbers))];
        _table = new GroupTable(_types);
        _table.Assign(kept, new int[numbers.Length]);
    }

    /// <summary>Writes all keys.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_table is not null);
        if (_table is null)
        {
            return;
        }

        writer.Write(_types.Length);
        foreach (ScalarType type in _types)
        {
            writer.Write((byte)type);
        }

        _table.Write(writer);
    }

    /// <summary>Restores what <see cref="Write"/> wrote.</summary>
    public void Read(BinaryReader reader)
    {
        if (!reader.ReadBoolean())
        {
            return;
        }

        _types = new ScalarType[reader.ReadInt32()];
        for (int type = 0; type < _types.Length; type++)
        {
            _types[type] = (ScalarType)reader.ReadByte();
        }

        _table = new GroupTable(_types);
        _table.Read(reader);
    }
}
