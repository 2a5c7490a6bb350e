namespace Bongsu.Alert.Channels;

/// <summary>Where notifications go. Its address and headers may be secrets: they are never logged or shown.</summary>
public sealed class Channel
{
    /// <summary>Name, as rules name it.</summary>
    public required string Name { get; init; }

    /// <summary>What the receiver understands.</summary>
    public required ChannelKind Kind { get; init; }

    /// <summary>False where only firing is told.</summary>
    public bool SendsResolved { get; init; } = true;

    internal Uri Address { get; init; } = new("http://127.0.0.1/");

    internal IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    internal TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Kind})";
}
