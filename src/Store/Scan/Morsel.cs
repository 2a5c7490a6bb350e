using Bongsu.Core.Batches;
using Bongsu.Core.Encodings;
using Bongsu.Core.Kernels;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Scan;

/// <summary>One block of rows to be read: the unit of parallel work. Read by one thread.</summary>
public sealed class Morsel
{
    // From so few rows on, those that are left are brought together before numbers are compared.
    private const int MinRowsForOneLeft = 4;

    private readonly TableSnapshot _snapshot;
    private readonly ScanRequest _request;
    private readonly RowBlock _block;

    internal Morsel(TableSnapshot snapshot, ScanRequest request, RowBlock block)
    {
        _snapshot = snapshot;
        _request = request;
        _block = block;
        IsFullyInRange = block.MinTicks >= request.FromTicks && IsBefore(block.MaxTicks, request.ToTicks);
    }

    /// <summary>Rows before any condition.</summary>
    public int RowCount => _block.RowCount;

    /// <summary>Earliest timestamp.</summary>
    public long MinTicks => _block.MinTicks;

    /// <summary>Latest timestamp.</summary>
    public long MaxTicks => _block.MaxTicks;

    /// <summary>True where every row is in the request's time range: without filters, <see cref="RowCount"/> rows
    /// match.</summary>
    public bool IsFullyInRange { get; }

    /// <summary>
    /// Rows of the block that meet the request, densely, in the request's columns and the snapshot's types; null where
    /// none does, and where the block turns out to be damaged (its part is then set aside and counted).
    /// </summary>
    /// <param name="cancellationToken">Looked at before each column.</param>
    /// <param name="arrays">Lends the memory of the batch, which then lives until they are reset; null = new
    /// arrays.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before the block was read.</exception>
    public Batch? Read(CancellationToken cancellationToken, BlockArrays? arrays = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Guarded(() => ReadAll(arrays, cancellationToken));
    }

    /// <summary>The rows that meet the request, and their timestamps, without reading any other column of them; null as
    /// for <see cref="Read"/>.</summary>
    /// <param name="arrays">Working memory.</param>
    /// <param name="cancellationToken">Looked at before each column.</param>
    public FoundRows? Find(BlockArrays arrays, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Guarded(() =>
        {
            if (TrySelect(arrays, cancellationToken) is not { } found)
            {
                return null;
            }

            int[] rows = found.Selection is { } selection ? selection.ToSelection() : [.. Enumerable.Range(0, RowCount)];
            Vector ticks = found.Columns.ReadRows(SystemColumns.Timestamp, rows);
            return new FoundRows(rows, (FixedVector<long>)ticks);
        });
    }

    /// <summary>Some rows in the request's columns, whatever its conditions; null where the block turns out to be
    /// damaged.</summary>
    /// <param name="rows">Which, ascending.</param>
    /// <param name="cancellationToken">Looked at before each column.</param>
    public Batch? ReadRows(int[] rows, CancellationToken cancellationToken) => Guarded(() =>
    {
        using var own = new BlockArrays();
        var columns = new ColumnReader(_block, _snapshot, _request.Statistics, own);
        return Materialise(columns, rows, rows.Length, cancellationToken);
    });

    private T? Guarded<T>(Func<T?> read)
        where T : class
    {
        if (_block.IsSetAside)
        {
            return null;
        }

        try
        {
            return read();
        }
        catch (CorruptDataException exception)
        {
            if (!_block.TrySetAside(exception))
            {
                throw;
            }

            _request.Statistics.AddPartQuarantined();
            return null;
        }
    }

    private static bool IsBefore(long ticks, long exclusiveEnd) => ticks < exclusiveEnd || exclusiveEnd == long.MaxValue;

    private Batch? ReadAll(BlockArrays? arrays, CancellationToken cancellationToken)
    {
        if (TryCount() is { } count)
        {
            return count == 0 ? null : new Batch(_snapshot.SchemaOf([]), [], count);
        }

        // Of what is read to find rows only those rows stay, so that it can be lent anyhow.
        using var own = new BlockArrays();
        if (TrySelect(arrays ?? own, cancellationToken) is not { } found)
        {
            return null;
        }

        ColumnReader columns = found.Columns;
        int selected = found.Selection?.CountSet() ?? RowCount;
        int[]? rows = selected == RowCount ? null : found.Selection!.ToSelection();
        if (rows is null && arrays is null)
        {
            columns = new ColumnReader(_block, _snapshot, _request.Statistics, arrays: null);
        }

        return Materialise(columns, rows, selected, cancellationToken);
    }

    // Where only the number of rows is wanted, and the block knows it; else null.
    private int? TryCount()
    {
        if (_request.Columns.Count > 0 || !IsFullyInRange || _request.Filters is not [{ IsOfValues: true, Columns: [var column] } filter] ||
            _request.IsCountingInVain || !_block.HasTemplates(column, _snapshot.TypeOf(column)) || !filter.MayMatch(_block.Summarize(_snapshot)))
        {
            return null;
        }

        if (_block.CountByTemplates(column, filter.KeepsOf, _request.Statistics) is not { } count)
        {
            _request.IsCountingInVain = true;
            return null;
        }

        _request.Statistics.AddBlockScanned();
        _request.Statistics.AddRowsScanned(_block.RowCount);
        _request.Statistics.AddRowsMatched(count);
        return count;
    }

    // The rows that meet the request (null = all) and the columns read to find them; null where there are none.
    private (Bitmap? Selection, ColumnReader Columns)? TrySelect(BlockArrays arrays, CancellationToken cancellationToken)
    {
        ScanStatistics statistics = _request.Statistics;
        IReadOnlyList<ScanFilter> filters = _request.Filters;
        BlockSummary? summary = filters.Count > 0 ? _block.Summarize(_snapshot) : null;
        if (summary is not null)
        {
            foreach (ScanFilter filter in filters)
            {
                if (!filter.MayMatch(summary))
                {
                    statistics.AddBlockSkippedByFilter();
                    return null;
                }
            }
        }

        statistics.AddBlockScanned();
        statistics.AddRowsScanned(_block.RowCount);
        var columns = new ColumnReader(_block, _snapshot, statistics, arrays);
        Bitmap? selection = Select(columns, summary, cancellationToken);
        int selected = selection?.CountSet() ?? RowCount;
        statistics.AddRowsMatched(selected);
        return selected == 0 ? null : (selection, columns);
    }

    // Null = all rows.
    private Bitmap? Select(ColumnReader columns, BlockSummary? summary, CancellationToken cancellationToken)
    {
        Bitmap? selection = null;
        if (!IsFullyInRange)
        {
            selection = new Bitmap(RowCount);
            SelectByTime(columns, selection);
            if (!Any(selection))
            {
                return selection;
            }
        }

        foreach (ScanFilter filter in _request.Filters.OrderBy(filter => filter.Cost))
        {
            cancellationToken.ThrowIfCancellationRequested();
            selection ??= Bitmap.AllSet(RowCount);
            LeaveOutGroups(filter, summary!, selection);
            if (Any(selection))
            {
                Apply(filter, columns, selection);
            }

            if (!Any(selection))
            {
                break;
            }
        }

        return selection;
    }

    // Groups of rows of which is known that none meets the condition.
    private static void LeaveOutGroups(ScanFilter filter, BlockSummary summary, Bitmap selection)
    {
        if (!summary.KnowsGroups(filter.Columns))
        {
            return;
        }

        Span<ulong> words = selection.Words;
        for (int group = 0; !words.IsEmpty; group++)
        {
            Span<ulong> own = words[..Math.Min(RowGroups.GroupRows / 64, words.Length)];
            words = words[own.Length..];
            if (own.IndexOfAnyExcept(0UL) >= 0 && !filter.MayMatch(summary.OfGroup(group)))
            {
                own.Clear();
            }
        }
    }

    private void Apply(ScanFilter filter, ColumnReader columns, Bitmap selection)
    {
        if (filter.IsOfValues && filter.Columns is [var column] && !_request.Columns.Contains(column) &&
            columns.TrySelect(column, filter, selection))
        {
            return;
        }

        bool canReadGroups = filter.Columns.Count > 0 && filter.Columns.All(column => _block.CanReadGroups(column, _snapshot.TypeOf(column)));
        if (!canReadGroups || selection.CountSet() > RowCount / MinRowsForOneLeft)
        {
            filter.Apply([.. filter.Columns.Select(column => columns.Read(column))], selection);
            return;
        }

        int[] rows = selection.ToSelection();
        RowGroups wanted = RowGroups.Of(rows, RowCount);
        Bitmap left = Bitmap.AllSet(rows.Length);
        filter.Apply([.. filter.Columns.Select(column => columns.Read(column, wanted).Gather(rows))], left);
        selection.Words.Clear();
        foreach (int index in left.ToSelection())
        {
            selection[rows[index]] = true;
        }
    }

    private void SelectByTime(ColumnReader columns, Bitmap selection)
    {
        // Both ends included: without an end no time is left out.
        long last = _request.ToTicks == long.MaxValue ? long.MaxValue : _request.ToTicks - 1;
        if (_request.ToTicks == long.MinValue)
        {
            return;
        }

        RowGroups wanted = RowGroups.InRange(_request.FromTicks, last, RowCount);
        var timestamps = (FixedVector<long>)columns.Read(SystemColumns.Timestamp, wanted);
        if (timestamps.IsConstant)
        {
            bool isInside = RowCount > 0 && timestamps[0] >= _request.FromTicks && timestamps[0] <= last;
            if (isInside)
            {
                selection.Or(Bitmap.AllSet(RowCount));
            }

            return;
        }

        for (int group = 0; group < wanted.Count; group++)
        {
            if (wanted.Wants(group))
            {
                int start = group * RowGroups.GroupRows;
                ReadOnlySpan<long> own = timestamps.Values.Slice(start, Math.Min(RowGroups.GroupRows, RowCount - start));
                RangeFilter.Mark(own, _request.FromTicks, last, selection.Words[(start >> 6)..]);
            }
        }
    }

    private Batch Materialise(
        ColumnReader columns,
        int[]? rows,
        int selected,
        CancellationToken cancellationToken)
    {
        Schema schema = _snapshot.SchemaOf(_request.Columns);
        var vectors = new Vector[schema.Count];
        for (int column = 0; column < vectors.Length; column++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = schema[column].Name;
            vectors[column] = rows is null ? columns.Read(name) : columns.ReadRows(name, rows);
            if (rows is null)
            {
                // Damage is to be found here, where the part can still be left out.
                (vectors[column] as StringVector)?.Templates?.Open();
            }
        }

        columns.Close();
        return new Batch(schema, vectors, selected);
    }

    private static bool Any(Bitmap selection) => selection.Words.IndexOfAnyExcept(0UL) >= 0;
}
