using Bongsu.Server.Demo.Services;

namespace Bongsu.Server.Demo;

/// <summary>The demo company: six services whose logs are made second by second, the same for the same seed.</summary>
internal sealed class Company : IDisposable
{
    private const int MaxEventsPerSecond = 60;
    private static readonly TimeSpan s_gatewayStep = TimeSpan.FromSeconds(10);
    private readonly Random _random;
    private readonly FaultSchedule _faults;

    /// <summary>A company with a history up to a moment.</summary>
    public Company(int seed, long historyEndTicks)
    {
        _random = new Random(seed);
        _faults = new FaultSchedule(historyEndTicks);
        var cache = new CacheTier();
        Gateway = new Gateway(seed, historyEndTicks);
        Services = [new SearchFront(cache), new MessengerRelay(cache), new Payments(), new CareApp(), cache, new Settlement()];
    }

    /// <summary>The services; their logs fill as time goes by.</summary>
    public IReadOnlyList<CompanyService> Services { get; }

    /// <summary>What stands before them and counts.</summary>
    public Gateway Gateway { get; }

    /// <summary>Says when the live part began: the first fault comes <see cref="FaultSchedule.FirstAfter"/>
    /// later.</summary>
    public void BeginLive(long ticks) => _faults.LiveStartTicks = ticks;

    /// <summary>Lets one second pass: every service logs its events of it.</summary>
    /// <param name="fromTicks">Beginning of the second.</param>
    public void LiveSecond(long fromTicks)
    {
        Faults faults = _faults.At(fromTicks);
        if ((fromTicks + TimeSpan.TicksPerSecond) % s_gatewayStep.Ticks == 0)
        {
            long since = fromTicks + TimeSpan.TicksPerSecond - s_gatewayStep.Ticks;
            Gateway.Pass(since, s_gatewayStep.Ticks, _faults.At(since));
        }

        Span<long> times = stackalloc long[MaxEventsPerSecond];
        foreach (CompanyService service in Services)
        {
            int count = Poisson(service.EventsPerSecond * service.Busyness(fromTicks));
            Span<long> at = times[..Math.Min(count, MaxEventsPerSecond)];
            foreach (ref long ticks in at)
            {
                ticks = fromTicks + _random.NextInt64(TimeSpan.TicksPerSecond / 10_000) * 10_000;
            }

            at.Sort();
            foreach (long ticks in at)
            {
                service.Emit(new Moment(ticks, _random, faults));
            }
        }
    }

    /// <summary>Lets one minute pass of which only the gateway's log is kept.</summary>
    /// <param name="fromTicks">Beginning of the minute.</param>
    public void GatewayMinute(long fromTicks) => Gateway.Pass(fromTicks, TimeSpan.TicksPerMinute, _faults.At(fromTicks));

    /// <inheritdoc/>
    public void Dispose()
    {
        Gateway.Dispose();
        foreach (CompanyService service in Services)
        {
            service.Dispose();
        }
    }

    // Knuth's product method; the rates here are small.
    private int Poisson(double mean)
    {
        double limit = Math.Exp(-mean);
        double product = _random.NextDouble();
        int count = 0;
        for (; product > limit; count++)
        {
            product *= _random.NextDouble();
        }

        return count;
    }
}
