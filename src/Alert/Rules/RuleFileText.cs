namespace Bongsu.Alert.Rules;

/// <summary>A rule file as it stands in its folder.</summary>
/// <param name="File">Relative to the rules folder.</param>
/// <param name="Text">Its content.</param>
/// <param name="Version">Of its content: whoever writes it back says which one it was made of.</param>
public sealed record RuleFileText(string File, string Text, string Version);
