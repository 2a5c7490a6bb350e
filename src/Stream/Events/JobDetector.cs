using Bongsu.Core.Batches;
using Bongsu.Core.Types;

namespace Bongsu.Stream.Events;

/// <summary>Detects <see cref="JobSpec"/>: one run at a time for each key.</summary>
/// <remarks>
/// <para><c>late</c>: no run began by the expected time and the grace; <c>missing</c>: nor by the next expected time. Either
/// lasts until a run begins. A run may begin early by a minute (clocks differ), or by the grace where that is less.
/// Expected are the times after the query's start; of a key, those after its first row.</para>
/// <para><c>too_short</c>: in the window of a run's end. <c>too_long</c>: from the longest time until the run ends.
/// <c>never_ended</c>: from the next expected time (but not before the longest time is over) until the run ends, or in the
/// window in which another begins.</para>
/// </remarks>
internal sealed class JobDetector : Detector
{
    /// <summary>Bit of a row that begins a run.</summary>
    public const int StartBit = 1;

    /// <summary>Bit of a row that ends one.</summary>
    public const int EndBit = 2;

    private static readonly TimeSpan s_early = TimeSpan.FromMinutes(1);

    private readonly int[] _columns;
    private readonly CronSchedule? _schedule;
    private readonly (long From, long Next)[] _known = new (long, long)[8];
    private uint _nextKnown;

    public JobDetector(JobSpec spec, Schema rows)
        : base(spec, rows)
    {
        Spec = spec;
        _columns = [.. spec.Watched.Select(column => BoolColumn(rows, column))];
        if (spec.Schedule is { } schedule)
        {
            Require(
                TimeZoneInfo.TryFindSystemTimeZoneById(schedule.TimeZone, out TimeZoneInfo? zone),
                $"no time zone is called '{schedule.TimeZone}', expected one such as Asia/Seoul");
            string? fault = CronSchedule.FindFault(schedule.Cron);
            Require(fault is null, $"schedule '{schedule.Cron}': {fault}");
            _schedule = CronSchedule.Parse(schedule.Cron, zone!);
        }

        ValueColumns = Named(
            ("problem", ScalarType.String), ("expected", ScalarType.DateTime), ("started", ScalarType.DateTime), ("ended", ScalarType.DateTime));
    }

    /// <summary>What is watched for.</summary>
    public JobSpec Spec { get; }

    /// <summary>How early a run may begin.</summary>
    public long EarlyTicks => Math.Min(s_early.Ticks, Spec.Grace.Ticks);

    /// <inheritdoc/>
    public override bool WatchesSilence => _schedule is not null;

    /// <inheritdoc/>
    public override long ReachTicks => Math.Max((Spec.Longest ?? TimeSpan.Zero).Ticks, (Spec.Shortest ?? TimeSpan.Zero).Ticks) + s_early.Ticks;

    /// <inheritdoc/>
    protected override string Parameters =>
        $"{Spec.StartColumn} {Spec.EndColumn} {Spec.Schedule?.Cron} {Spec.Schedule?.TimeZone} {Spec.Grace} {Spec.Shortest} {Spec.Longest}";

    /// <summary>The next expected time; <see cref="long.MaxValue"/> where there is none.</summary>
    public long NextAfter(long ticks)
    {
        if (_schedule is null)
        {
            return long.MaxValue;
        }

        // Keys ask for the same times again and again.
        foreach ((long from, long next) in _known)
        {
            if (ticks >= from && ticks < next)
            {
                return next;
            }
        }

        long found = _schedule.NextAfter(ticks);
        _known[_nextKnown++ % _known.Length] = (ticks, found);
        return found;
    }

    /// <inheritdoc/>
    public override IEnumerable<EventRows> Read(Batch rows) => [Marked(rows, _columns)];

    /// <inheritdoc/>
    public override KeyWatch NewWatch(long fromTicks) => new JobWatch(this, fromTicks);

    /// <inheritdoc/>
    public override KeyWatch ReadWatch(BinaryReader reader) => new JobWatch(this, reader);
}
