namespace Bongsu.Alert.Alerts;

/// <summary>Which alerts to show.</summary>
public sealed record AlertFilter
{
    /// <summary><c>pending</c>, <c>firing</c>, <c>resolved</c>, or null for all.</summary>
    public string? State { get; init; }

    /// <summary>Id of the only alert wanted, or null for all.</summary>
    public string? Id { get; init; }

    /// <summary>Id of a storm whose members are wanted, or null for all.</summary>
    public string? Storm { get; init; }

    /// <summary>Name of a rule, or null for all.</summary>
    public string? Rule { get; init; }

    /// <summary>Leaves out alerts that ended before this event time (UTC ticks).</summary>
    public long FromTicks { get; init; } = long.MinValue;

    /// <summary>Leaves out alerts that began at or after this event time (UTC ticks).</summary>
    public long ToTicks { get; init; } = long.MaxValue;

    /// <summary>Most alerts returned.</summary>
    public int Limit { get; init; } = 200;
}
