using System.Text.RegularExpressions;

namespace Bongsu.Ingest.Protocols.ElasticsearchBulk;

/// <summary>Index names to tables: the parts that only roll an index over by time or size are left off.</summary>
/// <remarks>
/// <c>logs-app-2026.11.21</c>, <c>logs-app-2026.11</c>, <c>logs-app-2026.w47</c>, <c>logs-app-000001</c> and
/// <c>.ds-logs-app-2026.11.21-000001</c> are all table <c>logs-app</c>. A table keeps its own partitions by day.
/// </remarks>
public static partial class IndexNames
{
    /// <summary>The table of an index.</summary>
    public static string ToTable(string index)
    {
        Match match = Rollover().Match(index);
        return match.Success ? match.Groups["table"].Value : index;
    }

    [GeneratedRegex(
        @"\A(?:\.ds-)?(?<table>.+?)(?:[-_.](?:19|20)[0-9]{2}[.\-](?:w?[0-9]{2})(?:[.\-][0-9]{2}){0,2})?(?:-[0-9]{6})?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Rollover();
}
