namespace Bongsu.Alert.Alerts;

/// <summary>An alert as it is kept in documents.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Stage">How far its firing was told.</param>
/// <param name="StormSize">While it is held: so many keys of its rule at once are a storm; 0 = they never are.</param>
/// <param name="Condition">While it is held: the rule's query.</param>
internal sealed record StoredAlert(AlertView Alert, AlertStage Stage = AlertStage.Told, int StormSize = 0, string Condition = "");
