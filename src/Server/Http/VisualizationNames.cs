namespace Bongsu.Server.Http;

/// <summary>Names of render properties as Kusto's clients read them (capitalised).</summary>
internal static class VisualizationNames
{
    private static readonly Dictionary<string, string> s_names = new[]
    {
        "Title", "XColumn", "Series", "YColumns", "AnomalyColumns", "XTitle", "YTitle", "XAxis", "YAxis", "Legend", "YSplit", "Accumulate",
        "Kind", "Ymin", "Ymax",
    }.ToDictionary(name => name.ToLowerInvariant());

    /// <summary>The capitalised form of a property.</summary>
    public static string Of(string property) => s_names.GetValueOrDefault(property.ToLowerInvariant(), property);
}
