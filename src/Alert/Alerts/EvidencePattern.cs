namespace Bongsu.Alert.Alerts;

/// <summary>Messages that say the same.</summary>
/// <param name="Pattern">Their pattern.</param>
/// <param name="Count">How many of them.</param>
public sealed record EvidencePattern(string Pattern, long Count);
