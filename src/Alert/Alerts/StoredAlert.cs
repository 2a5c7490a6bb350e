using Bongsu.Stream.Plans;

namespace Bongsu.Alert.Alerts;

/// <summary>An alert as it is kept in documents.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Stage">How far its firing was told.</param>
/// <param name="StormSize">While it is held: so many keys of its rule at once are a storm; 0 = they never are.</param>
/// <param name="Limits">While it is held: what the rule compares its values with.</param>
internal sealed record StoredAlert(AlertView Alert, AlertStage Stage = AlertStage.Told, int StormSize = 0, IReadOnlyList<Threshold>? Limits = null);
