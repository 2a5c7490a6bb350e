using Bongsu.Store;

namespace Bongsu.Simulation.Store;

/// <summary>What the rows should be: a set of numbers that must be there, and one of numbers that may.</summary>
internal sealed class RowModel
{
    private readonly HashSet<long> _acknowledged = [];
    private readonly HashSet<long> _possible = [];
    private readonly List<Attempt> _failed = [];
    private readonly List<Attempt> _stored = [];
    private readonly List<string> _notices = [];
    private long _nextNumber;
    private int _nextKey;

    /// <summary>New rows, or, under their key, those of an attempt that failed, or of one whose answer the client
    /// lost.</summary>
    public Attempt NextAttempt(string table, Random random)
    {
        Attempt? repeat = random.Next(3) == 0 ? _failed.Find(failed => failed.Table == table && failed.Key is not null) : null;
        if (repeat is not null)
        {
            _failed.Remove(repeat);
            return repeat;
        }

        if (_stored.Count > 0 && random.Next(4) == 0)
        {
            return _stored[random.Next(_stored.Count)] is var stored && stored.Table == table ? stored : NextAttempt(table, random);
        }

        var attempt = new Attempt(table, _nextNumber, random.Next(1, 30), random.Next(3) == 0 ? null : $"key{_nextKey++}");
        _nextNumber += attempt.Count;
        return attempt;
    }

    public void Acknowledge(Attempt attempt)
    {
        _acknowledged.UnionWith(attempt.Numbers);
        if (attempt.Key is not null)
        {
            _stored.Add(attempt);
        }
    }

    public void Fail(Attempt attempt)
    {
        _possible.UnionWith(attempt.Numbers);
        _failed.Add(attempt);
    }

    public void Note(StoreNotice notice)
    {
        if (notice.Level == StoreNoticeLevel.Error)
        {
            lock (_notices)
            {
                _notices.Add(notice.Message);
            }
        }
    }

    public void Check(List<long> numbers)
    {
        List<long> repeated = [.. numbers.GroupBy(number => number).Where(group => group.Count() > 1).Select(group => group.Key)];
        Assert.True(repeated.Count == 0, $"more than once: {string.Join(", ", repeated)}; {string.Join("; ", _notices)}");
        List<long> missing = [.. _acknowledged.Except(numbers)];
        Assert.True(missing.Count == 0, $"lost: {string.Join(", ", missing)}; {string.Join("; ", _notices)}");
        List<long> unknown = [.. numbers.Except(_acknowledged).Except(_possible)];
        Assert.True(unknown.Count == 0, $"never written: {string.Join(", ", unknown)}");
        Assert.True(_notices.Count == 0, string.Join("; ", _notices));
    }

    /// <summary>Rows written in one go.</summary>
    internal sealed record Attempt(string Table, long First, int Count, string? Key)
    {
        public IEnumerable<long> Numbers => Enumerable.Range(0, Count).Select(row => First + row);
    }
}
