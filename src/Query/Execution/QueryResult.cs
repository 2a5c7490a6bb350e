using System.Diagnostics;
using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Query.Operators;

namespace Bongsu.Query.Execution;

/// <summary>The rows of a running query, which are computed as they are read.</summary>
public sealed class QueryResult
{
    private readonly QueryRun _run;
    private readonly Func<Operator> _build;
    private readonly Stopwatch _clock;

    internal QueryResult(QueryRun run, Schema schema, Func<Operator> build)
    {
        _run = run;
        _build = build;
        _clock = Stopwatch.StartNew();
        Schema = schema;
    }

    /// <summary>Columns of the result.</summary>
    public Schema Schema { get; }

    /// <summary>What the query did so far; complete once <see cref="Batches"/> was read to the end.</summary>
    public QueryStatistics Statistics => _run.Statistics;

    /// <summary>
    /// The rows, once. Runs the query on the reader's thread and others; disposing the enumerator stops it and lets go
    /// of what it holds.
    /// </summary>
    /// <exception cref="QueryException">A limit was passed, or a value does not allow the operation.</exception>
    /// <exception cref="OperationCanceledException">The query was cancelled.</exception>
    public IEnumerable<Batch> Batches()
    {
        try
        {
            foreach (Batch batch in _build().Execute())
            {
                _run.Cancellation.ThrowIfCancellationRequested();
                Statistics.RowsReturned += batch.RowCount;
                if (Statistics.RowsReturned > _run.Limits.MaxResultRows)
                {
                    throw new QueryException(
                        "limit",
                        $"the result has more than {_run.Limits.MaxResultRows} rows; filter, aggregate, or add 'take'",
                        default);
                }

                yield return batch;
            }
        }
        finally
        {
            Statistics.Elapsed = _clock.Elapsed;
            Statistics.PeakMemoryBytes = _run.Memory.PeakBytes;
        }
    }
}
