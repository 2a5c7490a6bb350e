namespace Bongsu.Alert.Alerts;

/// <summary>A value against its limit.</summary>
/// <param name="Column">Column of the rule's result.</param>
/// <param name="Value">Its value; null where it has none.</param>
/// <param name="Comparison">How it is compared: <c>&gt;=</c> and its kin; or what it is to the others, such as
/// <c>expected</c>.</param>
/// <param name="Limit">What it is compared with; null where it is only told.</param>
public sealed record EvidenceValue(string Column, double? Value, string Comparison, double? Limit);
