namespace Bongsu.Server.Demo;

/// <summary>One event's circumstances.</summary>
/// <param name="Ticks">Event time, UTC.</param>
/// <param name="Random">The demo's only source of chance.</param>
/// <param name="Faults">What is broken just now.</param>
internal readonly record struct Moment(long Ticks, Random Random, Faults Faults)
{
    /// <summary>A time a little later.</summary>
    public long After(double milliseconds) => Ticks + (long)(milliseconds * TimeSpan.TicksPerMillisecond);

    /// <summary>Whether a fault is on.</summary>
    public bool Has(Faults fault) => (Faults & fault) != 0;

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => Random.NextDouble() < probability;

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Random.Next(choices.Count)];

    /// <summary>A duration around a typical value, with the long tail that real latencies have, in
    /// milliseconds.</summary>
    public double Latency(double typicalMs)
    {
        double tail = -Math.Log(1 - Random.NextDouble());
        return typicalMs * (0.55 + (0.45 * tail)) * (Chance(0.01) ? 6 : 1);
    }

    /// <summary>A new trace id: 32 hex digits.</summary>
    public string NewTraceId()
    {
        Span<byte> id = stackalloc byte[16];
        Random.NextBytes(id);
        return Convert.ToHexStringLower(id);
    }
}
