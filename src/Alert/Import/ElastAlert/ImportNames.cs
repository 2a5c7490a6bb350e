namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>How what Elasticsearch calls something is called here, where rows come in by the usual ways.</summary>
public sealed class ImportNames
{
    /// <summary>Column that a field is stored in.</summary>
    public Func<string, string> ColumnOf { get; init; } = field => field == "@timestamp" ? "timestamp" : field;

    /// <summary>A level as the column <c>level</c> has it.</summary>
    public Func<string, string> LevelOf { get; init; } = level => level.ToLowerInvariant();

    /// <summary>Table that an index is stored in.</summary>
    public Func<string, string> TableOf { get; init; } = index => index;

    /// <summary>Content of a file that a rule names, or null where it cannot be read.</summary>
    public Func<string, string?> ReadFile { get; init; } = _ => null;
}
