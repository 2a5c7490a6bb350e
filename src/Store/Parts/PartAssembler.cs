using System.Runtime.InteropServices;
using Bongsu.Core.Encodings;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>Writes rows as a part and chooses what its columns share. One owner.</summary>
/// <remarks>
/// Columns of identifiers that repeat get a dictionary for all blocks. Columns that follow from such a dictionary
/// (a trace has one user, one address, one path) are stored once for each of its entries.
/// </remarks>
internal sealed class PartAssembler
{
    // A column may follow from another where at most one in so many repeats of a code brings another value.
    private const int MaxMismatchShare = 4;
    private const int MinRepeats = 16;

    private readonly PartWriter _writer;
    private readonly PartRows _rows;
    private readonly ByteWriter _scratch = new();
    private readonly Dictionary<string, SharedBlocks> _shared = new(StringComparer.Ordinal);

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
                _writer.AddShared(column, shared.Dictionary, shared.Blocks);
            }
        }

        foreach (Column column in there)
        {
            if (!_shared.ContainsKey(column.Name) && !TryWriteReference(column))
            {
                _writer.AddColumn(column, _rows.Blocks(column), SiblingsOf(column, there));
            }
        }

        _writer.Finish(out _);
    }

    // The columns that a column's encoding may refer to.
    private ColumnBlocks[] SiblingsOf(Column column, Column[] columns) => column.Name != SystemColumns.Message
        ? []
        : [.. columns.Where(SiblingBlocks.CanBe).Select(other => new ColumnBlocks(
            other, _shared.TryGetValue(other.Name, out SharedBlocks? shared) ? shared.Blocks : _rows.Blocks(other)))];

    private bool TryWriteReference(Column column)
    {
        if (_shared.Count == 0 || !ReferenceBuilder.Takes(column.Type) || CannotFollow(column.Name))
        {
            return false;
        }

        string? known = _rows.KnownDeterminant(column);
        Vector first = _rows.Blocks(column).First();
        if (first.IsConstant || first is StringVector { Templates: not null })
        {
            return false;
        }

        foreach ((string determinant, SharedBlocks shared) in _shared)
        {
            if ((known is null || known == determinant) && shared.Dictionary.Count <= _rows.RowCount / 2 &&
                Follows(first, shared.Blocks.First().SharedCodes, known == determinant, out double bytesPerRow) &&
                TryWriteReference(column, determinant, shared, bytesPerRow))
            {
                return true;
            }
        }

        return false;
    }

    private static bool CannotFollow(string name) =>
        name is SystemColumns.Timestamp or SystemColumns.Message or StreamRanks.ServiceColumn or StreamRanks.HostColumn ||
        SystemColumns.IsReserved(name);

    // By the first block: does it follow, and what would it cost by itself?
    private bool Follows(Vector first, ReadOnlySpan<int> codes, bool isKnown, out double bytesPerRow)
    {
        _scratch.Clear();
        VectorEncoder.Encode(first, EncodingEffort.Part, _scratch);
        bytesPerRow = (double)_scratch.Length / first.Length;
        if (isKnown)
        {
            return true;
        }

        if (bytesPerRow * 8 < 1)
        {
            return false;
        }

        var numbers = new Dictionary<int, int>();
        int[] dense = new int[codes.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, codes[row], out bool isThere);
            number = isThere ? number : numbers.Count - 1;
            dense[row] = number;
        }

        int repeats = codes.Length - numbers.Count;
        if (repeats < MinRepeats)
        {
            return false;
        }

        var exceptions = new List<int>();
        ReferenceBuilder.Create(first.Type, numbers.Count).Add(first, dense, exceptions);
        return exceptions.Count * MaxMismatchShare <= repeats;
    }

    private bool TryWriteReference(Column column, string determinant, SharedBlocks shared, double bytesPerRow)
    {
        ReferenceBuilder builder = ReferenceBuilder.Create(column.Type, shared.Dictionary.Count);
        var exceptions = new List<int[]>();
        var found = new List<int>();
        long exceptionCount = 0;
        foreach ((Vector values, StringVector codes) in _rows.Blocks(column).Zip(shared.Blocks))
        {
            found.Clear();
            builder.Add(values, codes.SharedCodes, found);
            exceptions.Add([.. found]);
            exceptionCount += found.Count;
            if (exceptionCount * 2 > _rows.RowCount)
            {
                return false;
            }
        }

        Vector map = builder.Build();
        _scratch.Clear();
        VectorEncoder.Encode(map, EncodingEffort.Part, _scratch);
        if (_scratch.Length + (exceptionCount * (bytesPerRow + sizeof(ushort))) >= bytesPerRow * _rows.RowCount)
        {
            return false;
        }

        _writer.AddReference(column, determinant, map, _rows.Blocks(column).Zip(exceptions));
        return true;
    }
}
