namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>What an ElastAlert file became.</summary>
/// <param name="Source">The file's name.</param>
/// <param name="Name">Name of the rule; null where there is none.</param>
/// <param name="Text">The rule file, with the notes as its first lines; null where <paramref name="Error"/> is
/// not.</param>
/// <param name="Notes">Keys that were not kept, or not as they were.</param>
/// <param name="Error">Why there is no rule, or null.</param>
public sealed record ImportedRule(string Source, string? Name, string? Text, IReadOnlyList<ImportNote> Notes, string? Error);
