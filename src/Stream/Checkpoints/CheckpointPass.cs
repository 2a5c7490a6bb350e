using System.Diagnostics;

namespace Bongsu.Stream.Checkpoints;

/// <summary>
/// One checkpoint, written a little at a time so that rows and windows need not wait for it. One owner.
/// </summary>
/// <remarks>
/// The clocks are those of its beginning. A query may be written later than that: then its state holds more batches, which its
/// document says and replay leaves out. A query that did not change before the beginning keeps its older document.
/// </remarks>
internal sealed class CheckpointPass
{
    private const int QueriesPerGroup = 64;
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(25);

    private readonly CheckpointStore _store;
    private readonly ContinuousQuery[] _queries;
    private readonly byte[] _clocks;
    private int _saved;

    /// <summary>Begins: what follows must be of the same moment.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="queries">All queries.</param>
    /// <param name="flows">The clocks.</param>
    /// <param name="sequence">Batches up to here are in all of them.</param>
    public CheckpointPass(CheckpointStore store, IEnumerable<ContinuousQuery> queries, IEnumerable<TableFlow> flows, long sequence)
    {
        _store = store;
        _queries = [.. queries.Where(query => query.IsDirty)];
        _clocks = CheckpointStore.PackClocks(flows, sequence);
        Sequence = sequence;
    }

    /// <summary>Batches up to here need not be read again once it is complete.</summary>
    public long Sequence { get; }

    /// <summary>Writes a part of it.</summary>
    /// <param name="sequence">Batches up to here are in the queries now.</param>
    /// <param name="isAll">True = all that is left.</param>
    /// <returns>True once it is complete.</returns>
    public bool Step(long sequence, bool isAll)
    {
        long from = Stopwatch.GetTimestamp();
        while (_saved < _queries.Length && (isAll || Stopwatch.GetElapsedTime(from) < s_step))
        {
            int count = Math.Min(QueriesPerGroup, _queries.Length - _saved);
            _store.Save(_queries.AsSpan(_saved, count).ToArray(), sequence);
            _saved += count;
        }

        if (_saved < _queries.Length)
        {
            return false;
        }

        _store.SaveClocks(_clocks);
        return true;
    }
}
