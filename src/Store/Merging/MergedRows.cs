using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store.Parts;
using Bongsu.Store.Schemas;

namespace Bongsu.Store.Merging;

/// <summary>Rows of several parts in the order of a merge. One column of a block of each input is in memory at a
/// time.</summary>
internal sealed class MergedRows : PartRows
{
    private readonly IReadOnlyList<Part> _inputs;
    private readonly List<RowRun> _runs;
    private readonly int _blockRows;
    private readonly CancellationToken _cancellationToken;

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

    public override IEnumerable<Vector> Blocks(Column column) => Blocks(
        (input, block) => _inputs[input].Read(column.Name, block, out _) is { } vector
            ? VectorCast.Widen(vector, column.Type)
            : Vector.Nulls(column.Type, _inputs[input].Blocks[block].RowCount),
        (vectors, runs, rowCount) => RunGather.Gather(column.Type, vectors, runs, rowCount));

    public override SharedBlocks? TryShare(Column column) => MergedDictionary.TryMerge(_inputs, column) is { } merged
        ? new SharedBlocks(merged.Dictionary, Blocks(
            (input, block) => CodesOf(column, merged, input, block),
            (codes, runs, rowCount) => Gather(merged.Dictionary, codes, runs, rowCount)))
        : null;

    private delegate TResult Collector<TSource, TResult>(TSource[] sources, ReadOnlySpan<RowRun> runs, int rowCount);

    // Reads blocks of the inputs as they come up, and collects the rows of each block of the result.
    private IEnumerable<TResult> Blocks<TSource, TResult>(Func<int, int, TSource> read, Collector<TSource, TResult> collect)
        where TSource : class
    {
        var cursors = new (int Block, int Row, TSource? Source)[_inputs.Count];
        int[] slots = new int[_inputs.Count];
        var sources = new List<TSource>();
        var pieces = new List<RowRun>();
        int run = 0;
        int passed = 0;
        for (long start = 0; start < RowCount; start += _blockRows)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int rowCount = (int)Math.Min(_blockRows, RowCount - start);
            sources.Clear();
            pieces.Clear();
            Array.Fill(slots, -1);
            for (int taken = 0; taken < rowCount;)
            {
                int input = _runs[run].Source;
                ref (int Block, int Row, TSource? Source) cursor = ref cursors[input];
                int left = _inputs[input].Footer.Blocks[cursor.Block].RowCount - cursor.Row;
                if (left == 0)
                {
                    cursor = (cursor.Block + 1, 0, null);
                    slots[input] = -1;
                    continue;
                }

                if (slots[input] < 0)
                {
                    cursor.Source ??= read(input, cursor.Block);
                    slots[input] = sources.Count;
                    sources.Add(cursor.Source);
                }

                int count = Math.Min(Math.Min(left, rowCount - taken), _runs[run].Count - passed);
                pieces.Add(new RowRun(slots[input], cursor.Row, count));
                cursor.Row += count;
                taken += count;
                passed += count;
                if (passed == _runs[run].Count)
                {
                    run++;
                    passed = 0;
                }
            }

            yield return collect([.. sources], System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pieces), rowCount);
        }
    }

    private int[] CodesOf(Column column, MergedDictionary merged, int input, int block)
    {
        Part part = _inputs[input];
        int[] codes = GC.AllocateUninitializedArray<int>(part.Blocks[block].RowCount);
        if (merged.Maps[input] is { } map)
        {
            int[] stored = part.Dictionaries.CodesOf(part.Footer.Find(column.Name)!, block);
            for (int row = 0; row < codes.Length; row++)
            {
                codes[row] = map[stored[row]];
            }

            return codes;
        }

        var strings = part.Read(column.Name, block, out _) as StringVector;
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = strings is null ? merged.Interner.InternEmpty() : merged.Interner.Intern(strings[row]);
        }

        return codes;
    }

    private static StringVector Gather(SharedDictionary dictionary, int[][] sources, ReadOnlySpan<RowRun> runs, int rowCount)
    {
        int[] codes = GC.AllocateUninitializedArray<int>(rowCount);
        int next = 0;
        foreach (RowRun run in runs)
        {
            sources[run.Source].AsSpan(run.Start, run.Count).CopyTo(codes.AsSpan(next));
            next += run.Count;
        }

        return new StringVector(dictionary, codes, rowCount);
    }
}
