using Bongsu.Server.Demo.Services;

namespace Bongsu.Server.Demo;

/// <summary>The demo company: six services whose logs are made second by second, the same for the same seed.</summary>
internal sealed class Company : IDisposable
{
    private const int MaxEventsPerSecond = 60;
    private readonly Random _random;
    private readonly FaultSchedule _faults;

    /// <summary>A company whose faults are scheduled around a start.</summary>
    public Company(int seed, long startTicks)
    {
        _random = new Random(seed);
        _faults = new FaultSchedule(startTicks);
        var cache = new CacheTier();
        Services = [new SearchFront(cache), new MessengerRelay(cache), new Payments(), new CareApp(), cache, new Settlement()];
    }

    /// <summary>The services; their logs fill as time goes by.</summary>
    public IReadOnlyList<CompanyService> Services { get; }

    /// <summary>Lets one second pass: every service logs its events of it.</summary>
    /// <param name="fromTicks">Beginning of the second.</param>
    /// <param name="share">Share of the full rate, so that history can be thinner.</param>
    public void LiveSecond(long fromTicks, double share = 1)
    {
        Faults faults = _faults.At(fromTicks);
        Span<long> times = stackalloc long[MaxEventsPerSecond];
        foreach (CompanyService service in Services)
        {
            int count = Poisson(service.EventsPerSecond * service.Busyness(fromTicks) * share);
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

    /// <inheritdoc/>
    public void Dispose()
    {
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
