using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Alerts;

/// <summary>
/// Turns what a window said of one key into changes of its alerts. What was told before is kept to: an alert is
/// revised, ends
/// or is taken back, and only a run of windows that none was told for becomes a new one.
/// </summary>
internal readonly struct EpisodeTeller
{
    private readonly KeyLife _life;
    private readonly KeyedRow? _row;
    private readonly WindowResult _result;
    private readonly AlertComposer _composer;
    private readonly ChangeQueue _changes;
    private readonly long _finalTicks;

    /// <summary>A teller of one window's effect on one key.</summary>
    /// <param name="life">The key.</param>
    /// <param name="row">Its row; null where its condition does not hold.</param>
    /// <param name="result">The window.</param>
    /// <param name="composer">Makes alerts.</param>
    /// <param name="changes">Takes changes.</param>
    /// <param name="finalTicks">Windows up to here will not change any more.</param>
    public EpisodeTeller(
        KeyLife life, KeyedRow? row, WindowResult result, AlertComposer composer, ChangeQueue changes, long finalTicks)
    {
        _life = life;
        _row = row;
        _result = result;
        _composer = composer;
        _changes = changes;
        _finalTicks = finalTicks;
    }

    /// <summary>After one window more, in order.</summary>
    public void TellStep()
    {
        LifePoint now = _life.Now;
        if (_life.Active is not { } active)
        {
            if (now.IsFiring)
            {
                TellSpan(new FiringSpan(now.StartTicks, now.FiringTicks, now.LastTicks, 0));
            }
        }
        else if (now.IsFiring)
        {
            active.Cover(active.Span with { LastTicks = now.LastTicks });
            active.Alert = Moved(active.Alert);
        }
        else
        {
            Resolve(active, active.Span with { ResolvedTicks = _result.EndTicks });
        }
    }

    /// <summary>After a change in the past: against all runs of windows as they are now.</summary>
    public void TellAll(List<FiringSpan> spans)
    {
        bool isLatestTold = !_result.IsEarly && (!_result.IsCorrection || _result.EndTicks == _result.ToldThroughTicks);
        if (isLatestTold && _row is not null && spans.Count > 0)
        {
            _life.Behind = _life.IsAheadOf(_result.EndTicks) ? _composer.Fired(_life.Key, _row, spans[^1], _result) : null;
        }

        Dictionary<Episode, FiringSpan> owned = Assign(spans, out List<FiringSpan> fresh);
        long freeFrom = _life.FreeFromTicks;
        foreach (Episode episode in _life.Episodes.OrderBy(episode => episode.HullStartTicks).ThenBy(episode => episode.IdTicks).ToArray())
        {
            FiringSpan span = After(freeFrom, owned.TryGetValue(episode, out FiringSpan found) ? Fixed(episode, found) : Rest(episode));
            bool isEmpty = span.ResolvedTicks == span.StartTicks;
            freeFrom = isEmpty ? freeFrom : span.ResolvedTicks == 0 ? long.MaxValue : span.ResolvedTicks;
            Tell(episode, isEmpty ? episode.Span with { ResolvedTicks = episode.Span.StartTicks } : span);
        }

        foreach (FiringSpan span in fresh)
        {
            FiringSpan free = After(_life.FreeFromTicks, span);
            if (free.ResolvedTicks != free.StartTicks)
            {
                TellSpan(free);
            }
        }
    }

    /// <summary>Lists the key while it is pending, and no longer than that.</summary>
    public void ShowPending(IAlertSink sink)
    {
        LifePoint now = _life.Now;
        bool isPending = !now.IsNone && !now.IsFiring;
        string? shown = _life.Pending?.Id;
        _life.Pending = !isPending ? null
            : _row is null && _life.Pending is { } before ? _composer.PendingSince(before, _life.Key, now.StartTicks)
            : _composer.Pending(_life.Key, _row ?? KeyedRow.Bare(_life.Key), now.StartTicks, _result);
        if (shown is not null && shown != _life.Pending?.Id && shown != _life.Active?.Alert.Id)
        {
            sink.Withdraw(shown);
        }

        if (_life.Pending is not null)
        {
            sink.Refresh(_life.Pending);
        }
    }

    // Which alert stands for which run. A run that two alerts were told for stays theirs, divided where the later one
    // began.
    private Dictionary<Episode, FiringSpan> Assign(List<FiringSpan> spans, out List<FiringSpan> fresh)
    {
        var owned = new Dictionary<Episode, FiringSpan>();
        fresh = [];
        foreach (FiringSpan span in spans)
        {
            Episode[] owners = [.. _life.Episodes.Where(episode => episode.Owns(span)).OrderBy(episode => episode.HullStartTicks)];
            if (owners.Length == 0)
            {
                fresh.Add(span);
            }

            FiringSpan rest = span;
            for (int owner = 0; owner < owners.Length; owner++)
            {
                FiringSpan part = rest;
                if (owner + 1 < owners.Length)
                {
                    long cut = owners[owner + 1].HullStartTicks;
                    if (cut <= rest.StartTicks)
                    {
                        continue;
                    }

                    part = rest with { LastTicks = Math.Min(rest.LastTicks, cut - 1), ResolvedTicks = cut };
                    rest = rest with { StartTicks = cut, FiringTicks = Math.Max(cut, rest.FiringTicks) };
                }

                Own(owners[owner], part, owned, fresh);
            }
        }

        return owned;
    }

    // An alert keeps the gaps that late rows made. But one told early for a window further on was thought to be one
    // with the run before: where that just ended, they are two.
    private void Own(Episode episode, FiringSpan span, Dictionary<Episode, FiringSpan> owned, List<FiringSpan> fresh)
    {
        if (!owned.TryGetValue(episode, out FiringSpan before))
        {
            owned[episode] = span;
        }
        else if (!_result.IsCorrection && before.ResolvedTicks == _result.EndTicks)
        {
            fresh.Add(before);
            episode.HullStartTicks = span.StartTicks;
            owned[episode] = span;
        }
        else
        {
            owned[episode] = before with { LastTicks = span.LastTicks, ResolvedTicks = span.ResolvedTicks };
        }
    }

    // What is in the past for good stays.
    private FiringSpan Fixed(Episode episode, FiringSpan span) => !episode.IsEmpty && episode.Span.FiringTicks <= _finalTicks
        ? span with { StartTicks = episode.Span.StartTicks, FiringTicks = episode.Span.FiringTicks }
        : span;

    // Of an alert no run of windows is left for: nothing, but for what is in the past for good.
    private FiringSpan Rest(Episode episode) =>
        episode.IsFiring || Math.Max(episode.Span.ResolvedTicks, episode.Span.FiringTicks) > _finalTicks
        ? episode.Span with { ResolvedTicks = Math.Max(episode.Span.StartTicks, episode.FinalEndTicks) }
        : episode.Span;

    // No window is in two alerts.
    private static FiringSpan After(long ticks, FiringSpan span)
    {
        long start = Math.Max(span.StartTicks, ticks);
        return span.ResolvedTicks != 0 && span.ResolvedTicks <= start
            ? span with { ResolvedTicks = span.StartTicks }
            : span with { StartTicks = start, FiringTicks = Math.Max(span.FiringTicks, start) };
    }

    private void Tell(Episode episode, FiringSpan span)
    {
        FiringSpan before = episode.Span;
        bool isOver = episode.IsFiring && span.ResolvedTicks != 0;
        bool isMoved = before.StartTicks != span.StartTicks || before.FiringTicks != span.FiringTicks;
        bool isShown = _row is not null && (_result.EndTicks == span.LastTicks || AlertComposer.Shows(episode.Alert, _result.EndTicks));
        if (isMoved)
        {
            episode.Alert = _composer.Since(episode.Alert, span.StartTicks, span.FiringTicks);
        }

        if (isShown)
        {
            episode.Alert = Moved(episode.Alert);
        }
        else if (isOver && _row is null && AlertComposer.Shows(episode.Alert, _result.EndTicks)
            && _life.Behind is { } behind && AlertComposer.Shows(behind, span.LastTicks))
        {
            // What it shows was told early, and a late row undid it.
            episode.Alert = AlertComposer.WithValuesOf(episode.Alert, behind);
        }

        if (isOver)
        {
            Resolve(episode, span);
            return;
        }

        bool isRevised = isMoved || before.ResolvedTicks != span.ResolvedTicks || (isShown && _result.IsCorrection);
        episode.Cover(span);
        if (isRevised)
        {
            Revise(episode, span.ResolvedTicks == 0
                ? _composer.FiringAgain(episode.Alert)
                : _composer.ResolvedAt(episode.Alert, span.ResolvedTicks));
        }
    }

    private void TellSpan(FiringSpan span)
    {
        if (_life.Episodes.Find(episode => episode.Owns(span)) is { } known)
        {
            Tell(known, span);
            return;
        }

        AlertView alert = _composer.Fired(_life.Key, _row ?? KeyedRow.Bare(_life.Key), span, _result);
        if (_row is null && _life.Behind is { } behind)
        {
            alert = AlertComposer.WithValuesOf(alert, behind);
        }

        var episode = new Episode
        {
            IdTicks = span.StartTicks,
            Span = span with { ResolvedTicks = 0 },
            HullStartTicks = span.StartTicks,
            HullLastTicks = span.LastTicks,
            Alert = alert,
        };
        _life.Episodes.Add(episode);
        _changes.Add(alert, notifies: true, _composer.StormSize, _composer.Limits);
        if (span.ResolvedTicks != 0)
        {
            Resolve(episode, span); // in the past, and over
        }
    }

    private void Resolve(Episode episode, FiringSpan span)
    {
        episode.Cover(span);
        episode.Alert = _composer.Resolved(episode.Alert, span.ResolvedTicks, _result.IsCorrection);
        _changes.Add(episode.Alert, notifies: true);
    }

    private void Revise(Episode episode, AlertView alert)
    {
        episode.Alert = alert with { Revision = episode.Alert.Revision + 1, Corrected = alert.Corrected || _result.IsCorrection };
        _changes.Add(episode.Alert, notifies: false);
    }

    private AlertView Moved(AlertView alert) => _row is null ? alert : _composer.WithValues(alert, _row, _result);
}
