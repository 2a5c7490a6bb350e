using System.Runtime.InteropServices;
using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>Writes rows as a part and chooses what its columns share. One owner.</summary>
/// <remarks>
/// Columns of identifiers that repeat get a dictionary for all blocks. Columns that follow from such a dictionary
/// (a trace has one user, one address, one path) are stored once for each of its entries. Block after block is written,
/// so that a column is collected once though others refer to it; a table of many columns is written in groups of them,
/// so that memory is bounded.
/// </remarks>
internal sealed class PartAssembler
{
    private const int GroupColumns = 32;

    // What people log twice is among the first columns; a table with a thousand must not read them all twice.
    private const int MaxSiblings = 24;

    // By so many rows the cost of a column by itself is told.
    private const int SampleRows = 8192;

    // Fewer repeats of a code say nothing about what follows from it.
    private const int MinRepeats = 16;

    // A reference must save a tenth; an exception also stores its row.
    private const double MinGain = 0.9;
    private const int ExceptionRowBytes = 2;

    private readonly PartWriter _writer;
    private readonly PartRows _rows;
    private readonly ByteWriter _scratch = new();
    private readonly List<int> _exceptions = [];
    private readonly Dictionary<string, SharedDictionary> _shared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReferenceColumn> _references = new(StringComparer.Ordinal);
    private SharedDictionary? _numberedOf;
    private int[] _numbers = [];
    private int _numberCount;

    public PartAssembler(PartWriter writer, PartRows rows)
    {
        _writer = writer;
        _rows = rows;
    }

    /// <summary>Writes all columns and the footer.</summary>
    public void Write(IEnumerable<Column> columns)
    {
        Column[] there = [.. columns.Where(_rows.Has)];
        foreach (Column column in there)
        {
            if (column.Type == ScalarType.String && !SystemColumns.IsReserved(column.Name) && _rows.TryShare(column) is { } shared)
            {
                _shared.Add(column.Name, shared);
            }
        }

        Column[] siblings = [.. there.Where(CanBeSibling).Take(MaxSiblings)];
        for (int first = 0; first < there.Length; first += GroupColumns)
        {
            WriteGroup(there[first..Math.Min(there.Length, first + GroupColumns)], siblings, there);
        }

        _writer.Finish(out _);
    }

    private static bool CanBeSibling(Column column) =>
        column.Name != SystemColumns.Message && !SystemColumns.IsReserved(column.Name) &&
        column.Type is ScalarType.String or ScalarType.Long or ScalarType.Int or ScalarType.Real;

    private static bool CanFollow(Column column) =>
        ReferenceBuilder.Takes(column.Type) && !SystemColumns.IsReserved(column.Name) &&
        column.Name is not (SystemColumns.Timestamp or SystemColumns.Message or StreamRanks.ServiceColumn or StreamRanks.HostColumn);

    private void WriteGroup(Column[] group, Column[] siblings, Column[] all)
    {
        foreach (Column column in group)
        {
            _writer.Begin(column);
        }

        bool isFirst = true;
        foreach (BlockRows block in _rows.Blocks())
        {
            using (block)
            {
                foreach (Column column in isFirst ? group.Where(CanFollow) : [])
                {
                    FindReference(column, block, all);
                }

                isFirst = false;
                Array.ForEach(group, column => WriteChunk(column, block, siblings));
            }
        }

        foreach (Column column in group)
        {
            if (_shared.TryGetValue(column.Name, out SharedDictionary? shared))
            {
                _writer.EndShared(column, shared);
            }
            else if (_references.Remove(column.Name, out ReferenceColumn? reference))
            {
                _writer.EndReference(column, reference.Determinant.Name, reference.Builder.Build());
            }
        }
    }

    private void WriteChunk(Column column, BlockRows block, Column[] siblings)
    {
        Vector vector = block[column];
        if (_shared.ContainsKey(column.Name))
        {
            _writer.AddCodes(column, (StringVector)vector);
        }
        else if (_references.TryGetValue(column.Name, out ReferenceColumn? reference))
        {
            _exceptions.Clear();
            if (!reference.IsComplete)
            {
                reference.Builder.Add(vector, ((StringVector)block[reference.Determinant]).SharedCodes, _exceptions);
            }

            _writer.AddReference(column, vector, CollectionsMarshal.AsSpan(_exceptions));
        }
        else
        {
            SiblingColumn[] others = column.Name != SystemColumns.Message
                ? []
                : [.. siblings.Select(sibling => new SiblingColumn(sibling.Name, block[sibling]))];
            _writer.AddChunk(column, vector, others);
        }
    }

    // By the first block: does the column follow from a dictionary, and what would it cost by itself?
    private void FindReference(Column column, BlockRows first, Column[] all)
    {
        if (_shared.Count == 0 || _shared.ContainsKey(column.Name) || first[column] is { IsConstant: true } or StringVector { Templates: not null })
        {
            return;
        }

        string? known = _rows.KnownDeterminant(column);
        double? bytesPerRow = null;
        foreach ((string name, SharedDictionary dictionary) in _shared)
        {
            Column determinant = Array.Find(all, other => other.Name == name);
            if (known == name || (known is null && dictionary.Count <= _rows.RowCount / 2 &&
                Follows(first[column], ((StringVector)first[determinant]).SharedCodes, dictionary, bytesPerRow ??= CostOf(first[column]))))
            {
                ReferenceBuilder builder = ReferenceBuilder.Create(column.Type, dictionary.Count);
                bool isComplete = _rows.TryAddReferences(column, name, builder);
                _references.Add(column.Name, new ReferenceColumn(determinant, builder, isComplete));
                return;
            }
        }
    }

    private double CostOf(Vector first)
    {
        int[] rows = new int[Math.Min(first.Length, SampleRows)];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = row;
        }

        _scratch.Clear();
        VectorEncoder.Encode(first.Gather(rows), EncodingEffort.Part, _scratch);
        return (double)_scratch.Length / rows.Length;
    }

    private bool Follows(Vector first, ReadOnlySpan<int> codes, SharedDictionary dictionary, double bytesPerRow)
    {
        if (bytesPerRow * 8 < 1)
        {
            return false;
        }

        if (_numberedOf != dictionary)
        {
            _numberedOf = dictionary;
            Number(codes, dictionary.Count);
        }

        int repeats = codes.Length - _numberCount;
        if (repeats < MinRepeats)
        {
            return false;
        }

        int entryCount = dictionary.Count;
        _exceptions.Clear();
        ReferenceBuilder.Create(first.Type, _numberCount).Add(first, _numbers, _exceptions);
        double exceptionCount = (double)_exceptions.Count / repeats * (_rows.RowCount - entryCount);
        return (entryCount * bytesPerRow) + (exceptionCount * (bytesPerRow + ExceptionRowBytes)) < bytesPerRow * _rows.RowCount * MinGain;
    }

    // Small numbers for the codes of the first block, so that asking what follows from them takes little memory.
    private void Number(ReadOnlySpan<int> codes, int entryCount)
    {
        int[] known = new int[entryCount];
        _numbers = new int[codes.Length];
        _numberCount = 0;
        for (int row = 0; row < codes.Length; row++)
        {
            ref int number = ref known[codes[row]];
            number = number > 0 ? number : ++_numberCount;
            _numbers[row] = number - 1;
        }
    }
}
