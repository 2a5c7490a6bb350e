namespace Bongsu.Server.Demo;

/// <summary>One service of the demo company: how busy it is and what an event of it logs.</summary>
internal abstract class CompanyService : IDisposable
{
    private protected CompanyService(string name, double eventsPerSecond, params string[] hosts)
    {
        Name = name;
        EventsPerSecond = eventsPerSecond;
        Hosts = hosts;
        Log = new LogWriter(name);
    }

    /// <summary>The value of the <c>service</c> column.</summary>
    public string Name { get; }

    /// <summary>Events per second at the busiest time of day.</summary>
    public double EventsPerSecond { get; }

    /// <summary>Its machines.</summary>
    public string[] Hosts { get; }

    /// <summary>Its log.</summary>
    public LogWriter Log { get; }

    /// <summary>Share of the busiest rate at a time of day.</summary>
    public virtual double Busyness(long ticks) => DayCurve.PeopleAwake(ticks);

    /// <summary>Logs what one event logs.</summary>
    public abstract void Emit(in Moment moment);

    /// <inheritdoc/>
    public void Dispose() => Log.Dispose();
}
