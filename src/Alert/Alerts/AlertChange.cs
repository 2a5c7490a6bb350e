using Bongsu.Stream.Plans;

namespace Bongsu.Alert.Alerts;

/// <summary>One thing to say of an alert: its new form, and whether people are told or it is only recorded.</summary>
/// <param name="Alert">The alert after the change.</param>
/// <param name="Notifies">True for the first firing and the first resolving.</param>
/// <param name="StormSize">So many keys of the rule firing at once are a storm; 0 = they never are.</param>
/// <param name="Limits">What the rule compares its values with, where the alert fires.</param>
internal sealed record AlertChange(AlertView Alert, bool Notifies, int StormSize = 0, IReadOnlyList<Threshold>? Limits = null);
