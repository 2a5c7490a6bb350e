using System.Text.RegularExpressions;

namespace Bongsu.Alert.Import.ElastAlert;

/// <summary>Index patterns to tables.</summary>
internal static partial class IndexPattern
{
    /// <summary>The table that the indices of a pattern are stored in; empty where the pattern names none.</summary>
    /// <param name="pattern">One pattern: <c>logs-app-*</c>, <c>logs_%Y.%m.%d</c>, <c>cluster:logs-*</c>.</param>
    /// <param name="tableOf">Table of an index without wildcards.</param>
    public static string TableOf(string pattern, Func<string, string> tableOf)
    {
        string name = pattern[(pattern.LastIndexOf(':') + 1)..];
        if (name == "_all")
        {
            return "";
        }

        name = DateMath().Replace(name, match => match.Groups[1].Value);
        name = Strftime().Replace(name, "*");
        name = tableOf(Runs().Replace(name, "*").Replace("*", "", StringComparison.Ordinal).Trim('-', '_', '.', ' '));
        return name.Trim('-', '_', '.', ' ');
    }

    [GeneratedRegex("^<(.*)\\{.*\\}>$")]
    private static partial Regex DateMath();

    [GeneratedRegex("%[A-Za-z]")]
    private static partial Regex Strftime();

    // Wildcards, with what only stands between them.
    [GeneratedRegex(@"\*(?:[-_.]*\*)*")]
    private static partial Regex Runs();
}
