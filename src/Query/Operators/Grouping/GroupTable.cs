using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;

namespace Bongsu.Query.Operators.Grouping;

/// <summary>
/// Numbers distinct combinations of key values 0, 1, 2 … in the order they come: the groups of a summarize, the keys of
/// a join.
/// Null is a value of its own. One owner.
/// </summary>
/// <remarks>
/// Each key column numbers its own values; columns are then folded two by two into pairs of numbers. So a table knows
/// only three kinds of keys (64 bits, bytes, pairs), whatever the types.
/// </remarks>
public sealed class GroupTable
{
    private readonly KeyColumn[] _columns;
    private readonly PairTable[] _pairs;
    private readonly ScalarType[] _types;
    private int[] _scratch = [];
    private int[] _counts = [];

    /// <summary>An empty table.</summary>
    /// <param name="keyTypes">Types of the keys; without keys there is one group once a row came.</param>
    public GroupTable(IReadOnlyList<ScalarType> keyTypes)
    {
        _types = keyTypes.ToArray();
        _columns = _types.Select(KeyColumn.Create).ToArray();
        _pairs = new PairTable[Math.Max(0, _columns.Length - 1)];
        for (int pair = 0; pair < _pairs.Length; pair++)
        {
            _pairs[pair] = new PairTable();
        }
    }

    /// <summary>Number of groups.</summary>
    public int GroupCount { get; private set; }

    /// <summary>Bytes of memory, about.</summary>
    public long SizeBytes
    {
        get
        {
            long size = 4L * (_scratch.Length + _counts.Length);
            foreach (KeyColumn column in _columns)
            {
                size += column.SizeBytes;
            }

            foreach (PairTable pair in _pairs)
            {
                size += pair.SizeBytes;
            }

            return size;
        }
    }

    /// <summary>Finds or makes the group of each row.</summary>
    /// <param name="keys">One vector per key; any may be constant.</param>
    /// <param name="groups">The result, one per row.</param>
    /// <returns>True where all keys are constant: then only the first entry of <paramref name="groups"/> is set, and
    /// holds for all rows.</returns>
    public bool Assign(ReadOnlySpan<Vector> keys, Span<int> groups)
    {
        if (groups.IsEmpty)
        {
            return true;
        }

        if (AreConstant(keys))
        {
            AssignRows(Shortened(keys), groups[..1]);
            return true;
        }

        AssignRows(keys, groups);
        return false;
    }

    /// <summary>Counts the rows of each group without finding the group of each row.</summary>
    /// <param name="keys">One vector per key.</param>
    /// <param name="groups">Groups that occur, each once or more.</param>
    /// <param name="counts">Their rows.</param>
    /// <returns>False where that does not pay.</returns>
    internal bool TryCount(ReadOnlySpan<Vector> keys, out ReadOnlySpan<int> groups, out ReadOnlySpan<int> counts)
    {
        groups = counts = default;
        if (_columns is not [StringKeyColumn column] || keys[0] is not StringVector { IsDictionary: true } text)
        {
            return false;
        }

        int found = column.CountRows(text, ref _scratch, ref _counts);
        if (found < 0)
        {
            return false;
        }

        GroupCount = column.Count;
        groups = _scratch.AsSpan(0, found);
        counts = _counts.AsSpan(0, found);
        return true;
    }

    /// <summary>Finds the group of each row, -1 where there is none.</summary>
    public void Find(ReadOnlySpan<Vector> keys, Span<int> groups)
    {
        if (_columns.Length == 0)
        {
            groups.Fill(GroupCount - 1);
            return;
        }

        FindColumn(0, keys[0], groups);
        for (int column = 1; column < _columns.Length; column++)
        {
            Span<int> seconds = Scratch(groups.Length);
            FindColumn(column, keys[column], seconds);
            _pairs[column - 1].Find(groups, seconds, groups);
        }
    }

    /// <summary>The key columns, one row per group.</summary>
    public Vector[] Keys()
    {
        var keys = new Vector[_columns.Length];
        int[] numbers = new int[GroupCount];
        for (int group = 0; group < numbers.Length; group++)
        {
            numbers[group] = group;
        }

        for (int column = _columns.Length - 1; column >= 0; column--)
        {
            int[] own = numbers;
            if (column > 0)
            {
                own = new int[GroupCount];
                PairTable pair = _pairs[column - 1];
                for (int group = 0; group < own.Length; group++)
                {
                    own[group] = pair.Seconds[numbers[group]];
                    numbers[group] = pair.Firsts[numbers[group]];
                }
            }

            keys[column] = _columns[column].Values(own);
        }

        return keys;
    }

    /// <summary>Finds or makes here the groups of another table.</summary>
    /// <returns>For each group of <paramref name="other"/>, its group here.</returns>
    public int[] Merge(GroupTable other)
    {
        int[] groups = new int[other.GroupCount];
        if (other.GroupCount > 0)
        {
            AssignRows(other.Keys(), groups);
        }

        return groups;
    }

    /// <summary>Gives its memory back; it is not used afterwards.</summary>
    internal void Release()
    {
        foreach (KeyColumn column in _columns)
        {
            column.Release();
        }

        foreach (PairTable pair in _pairs)
        {
            pair.Release();
        }

        GroupCount = 0;
    }

    /// <summary>Writes all keys in the order of their groups.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(GroupCount);
        foreach (Vector key in Keys())
        {
            VectorCodec.Write(writer, key);
        }
    }

    /// <summary>Restores what <see cref="Write"/> wrote, into an empty table of the same key types.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a table.</exception>
    public void Read(BinaryReader reader)
    {
        int groupCount = reader.ReadInt32();
        var keys = new Vector[_columns.Length];
        for (int column = 0; column < keys.Length; column++)
        {
            keys[column] = VectorCodec.Read(reader, _types[column], groupCount);
        }

        if (groupCount > 0)
        {
            AssignRows(keys, new int[groupCount]);
        }

        if (GroupCount != groupCount)
        {
            throw new InvalidDataException($"a group table of {groupCount} groups has {GroupCount} distinct keys");
        }
    }

    private static bool AreConstant(ReadOnlySpan<Vector> keys)
    {
        foreach (Vector key in keys)
        {
            if (!key.IsConstant)
            {
                return false;
            }
        }

        return true;
    }

    private static Vector[] Shortened(ReadOnlySpan<Vector> keys)
    {
        var shortened = new Vector[keys.Length];
        for (int column = 0; column < keys.Length; column++)
        {
            shortened[column] = keys[column].WithLength(1);
        }

        return shortened;
    }

    private void AssignRows(ReadOnlySpan<Vector> keys, Span<int> groups)
    {
        if (_columns.Length == 0)
        {
            groups.Clear();
            GroupCount = 1;
            return;
        }

        AssignColumn(0, keys[0], groups);
        int count = _columns[0].Count;
        for (int column = 1; column < _columns.Length; column++)
        {
            Span<int> seconds = Scratch(groups.Length);
            AssignColumn(column, keys[column], seconds);
            PairTable pair = _pairs[column - 1];
            pair.Assign(groups, count, seconds, _columns[column].Count, groups);
            count = pair.Count;
        }

        GroupCount = count;
    }

    private void AssignColumn(int column, Vector key, Span<int> numbers)
    {
        if (key.IsConstant)
        {
            _columns[column].Assign(key.WithLength(1), numbers[..1]);
            numbers.Fill(numbers[0]);
            return;
        }

        _columns[column].Assign(key, numbers);
    }

    private void FindColumn(int column, Vector key, Span<int> numbers)
    {
        if (key.IsConstant && numbers.Length > 0)
        {
            _columns[column].Find(key.WithLength(1), numbers[..1]);
            numbers.Fill(numbers[0]);
            return;
        }

        _columns[column].Find(key, numbers);
    }

    private Span<int> Scratch(int length)
    {
        if (_scratch.Length < length)
        {
            _scratch = new int[length];
        }

        return _scratch.AsSpan(0, length);
    }
}
