namespace Bongsu.Alert.Rules;

/// <summary>What became of a wish to change a rule file.</summary>
/// <param name="File">The file as it is now; null where it is gone, or never was.</param>
/// <param name="Fault">Why nothing was changed, or null.</param>
/// <param name="Errors">What is wrong in its text; nothing was changed then.</param>
/// <param name="IsStale">True where somebody else changed it meanwhile; nothing was changed then.</param>
public sealed record RuleFileChange(RuleFileText? File, string? Fault = null, IReadOnlyList<RuleError>? Errors = null, bool IsStale = false);
