using Bongsu.Core.Collections;

namespace Bongsu.Alert.Rules;

/// <summary>A span of time that somebody says was out of the ordinary: bands do not learn from it.</summary>
/// <param name="FromTicks">Its start, UTC.</param>
/// <param name="ToTicks">Its end, after the start.</param>
/// <param name="Text">Why.</param>
public sealed record AnnotatedSpan(long FromTicks, long ToTicks, string Text)
{
    /// <summary>Names of the rules it is for; empty = all.</summary>
    public ValueList<string> Rules { get; init; } = [];

    /// <summary>What a key must hold for it to be the key's; empty = all keys.</summary>
    public ValueList<AnnotatedKey> Key { get; init; } = [];
}
