using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Parts;
using Bongsu.Store.Schemas;

namespace Bongsu.Store.Merging;

/// <summary>Rows of several parts in the order of a merge. One block of each input is in memory at a time.</summary>
internal sealed class MergedRows : PartRows
{
    private readonly IReadOnlyList<Part> _inputs;
    private readonly List<RowRun> _runs;
    private readonly int _blockRows;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<string, MergedDictionary> _shared = new(StringComparer.Ordinal);

    public MergedRows(IReadOnlyList<Part> inputs, List<RowRun> runs, int blockRows, CancellationToken cancellationToken)
    {
        _inputs = inputs;
        _runs = runs;
        _blockRows = blockRows;
        _cancellationToken = cancellationToken;
        RowCount = inputs.Sum(input => input.RowCount);
    }

    public override long RowCount { get; }

    public override bool Has(Column column) => _inputs.Any(input => input.Footer.Find(column.Name) is not null);

    public override string? KnownDeterminant(Column column) =>
        _inputs.Select(input => input.Footer.Find(column.Name)?.Reference?.Column).FirstOrDefault(name => name is not null);

    public override SharedDictionary? TryShare(Column column)
    {
        if (MergedDictionary.TryMerge(_inputs, column) is not { } merged)
        {
            return null;
        }

        _shared.Add(column.Name, merged);
        return merged.Dictionary;
    }

    // Where the inputs have the column by reference, without exceptions and without contradiction, their entries say all.
    public override bool TryAddReferences(Column column, string determinant, ReferenceBuilder builder)
    {
        MergedDictionary merged = _shared[determinant];
        PartColumn?[] columns = [.. _inputs.Select(input => input.Footer.Find(column.Name))];
        if (!Array.TrueForAll(columns, stored => stored?.Reference?.Column == determinant && ReferenceChunk.AreWhole(stored)))
        {
            return false;
        }

        var contradictions = new List<int>();
        for (int input = 0; input < columns.Length && contradictions.Count == 0; input++)
        {
            Vector map = _inputs[input].Dictionaries.MapOf(columns[input]!);
            builder.Add(VectorCast.Widen(map, column.Type), merged.Maps[input], contradictions);
        }

        return contradictions.Count == 0;
    }

    // Opens blocks of the inputs as they come up; they stay open until the rows of the result's block are written.
    public override IEnumerable<BlockRows> Blocks()
    {
        var cursors = new (InputBlock? Block, int Row, int Slot)[_inputs.Count];
        var sources = new List<InputBlock>();
        var pieces = new List<RowRun>();
        int run = 0;
        int passed = 0;
        try
        {
            for (long start = 0; start < RowCount; start += _blockRows)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                int rowCount = (int)Math.Min(_blockRows, RowCount - start);
                sources.Clear();
                pieces.Clear();
                for (int input = 0; input < cursors.Length; input++)
                {
                    cursors[input].Slot = -1;
                }

                for (int taken = 0; taken < rowCount;)
                {
                    RowRun from = _runs[run];
                    ref (InputBlock? Block, int Row, int Slot) cursor = ref cursors[from.Source];
                    if (cursor.Block is null || cursor.Row == cursor.Block.RowCount)
                    {
                        cursor = (new InputBlock(_inputs[from.Source], from.Source, cursor.Block is null ? 0 : cursor.Block.Block + 1), 0, -1);
                    }

                    if (cursor.Slot < 0)
                    {
                        cursor.Slot = sources.Count;
                        sources.Add(cursor.Block!);
                    }

                    int count = Math.Min(Math.Min(cursor.Block!.RowCount - cursor.Row, rowCount - taken), from.Count - passed);
                    pieces.Add(new RowRun(cursor.Slot, cursor.Row, count));
                    cursor.Row += count;
                    taken += count;
                    passed += count;
                    (run, passed) = passed == from.Count ? (run + 1, 0) : (run, passed);
                }

                yield return BlockOf([.. sources], [.. pieces], rowCount);
                foreach (InputBlock source in sources)
                {
                    if (cursors[source.Input].Block != source || cursors[source.Input].Row == source.RowCount)
                    {
                        source.Dispose();
                    }
                }
            }
        }
        finally
        {
            Array.ForEach(cursors, cursor => cursor.Block?.Dispose());
        }
    }

    private BlockRows BlockOf(InputBlock[] sources, RowRun[] pieces, int rowCount) => new((column, arrays) =>
    {
        MergedDictionary? merged = _shared.GetValueOrDefault(column.Name);
        Vector[] vectors = Array.ConvertAll(sources, source => source.Read(column, merged));
        return RunGather.Gather(column.Type, vectors, pieces, rowCount, arrays);
    });
}
