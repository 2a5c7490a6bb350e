namespace Bongsu.Alert.Rules;

/// <summary>A piece of KQL of a rule file.</summary>
/// <param name="Text">As written, or as KQL writes what was written.</param>
/// <param name="Place">Where it is.</param>
internal sealed record QuerySource(string Text, QueryPlace Place);
