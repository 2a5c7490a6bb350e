using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;

namespace Bongsu.Query.Operators;

/// <summary>Rows kept in memory as the batches they came in, counted against the query's budget. One owner.</summary>
internal sealed class RowCollection : IDisposable
{
    private readonly QueryRun _run;
    private readonly Schema _schema;
    private readonly MemoryAccount _memory;
    private readonly List<Batch> _batches = [];

    public RowCollection(QueryRun run, Schema schema, string operatorName)
    {
        _run = run;
        _schema = schema;
        _memory = run.OpenAccount(operatorName);
    }

    /// <summary>Number of rows.</summary>
    public long Count { get; private set; }

    /// <summary>The batches, in the order they came.</summary>
    public IReadOnlyList<Batch> Batches => _batches;

    /// <summary>Keeps a batch.</summary>
    public void Add(Batch batch)
    {
        long bytes = 0;
        foreach (Vector vector in batch.Vectors)
        {
            bytes += VectorSize.Of(vector);
        }

        _memory.Add(bytes);
        _batches.Add(batch);
        Count += batch.RowCount;
    }

    /// <summary>Keeps everything an operator gives, in its order.</summary>
    public void AddAll(Operator input)
    {
        foreach (Batch batch in input.Execute())
        {
            _run.Cancellation.ThrowIfCancellationRequested();
            Add(batch);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _batches.Clear();
        _memory.Set(0);
        Count = 0;
    }

    /// <summary>The given rows, in order.</summary>
    public Batch Gather(ReadOnlySpan<RowReference> rows) => new(_schema, GatherColumns(rows), rows.Length);

    /// <summary>The columns of the given rows, in order.</summary>
    public Vector[] GatherColumns(ReadOnlySpan<RowReference> rows)
    {
        var columns = new Vector[_schema.Count];
        var sources = new Vector[_batches.Count];
        for (int column = 0; column < columns.Length; column++)
        {
            for (int batch = 0; batch < sources.Length; batch++)
            {
                sources[batch] = _batches[batch][column];
            }

            columns[column] = MultiGather.Gather(_schema[column].Type, sources, rows);
        }

        return columns;
    }

    /// <summary>All rows as one batch.</summary>
    public Batch ToBatch()
    {
        if (_batches.Count == 1)
        {
            return _batches[0];
        }

        if (Count > Array.MaxLength)
        {
            throw new QueryException("limit", $"{Count} rows are too many for a window function", default);
        }

        var columns = new Vector[_schema.Count];
        for (int column = 0; column < columns.Length; column++)
        {
            VectorBuilder builder = VectorBuilder.Create(_schema[column].Type);
            foreach (Batch batch in _batches)
            {
                builder.AppendRange(batch[column], 0, batch.RowCount);
            }

            columns[column] = builder.Build();
        }

        return new Batch(_schema, columns, (int)Count);
    }

    /// <summary>Gives the memory back to the budget.</summary>
    public void Dispose() => _memory.Dispose();
}
