namespace Bongsu.Query.Kql;

/// <summary>The hint of a <c>render</c> operator; changes no rows.</summary>
/// <param name="Kind">What to draw: <c>timechart</c>, <c>table</c>, <c>piechart</c> …</param>
/// <param name="Properties">What stands behind <c>with</c>, by name in lower case as KQL writes it (<c>title</c>,
/// <c>xcolumn</c>, <c>ycolumns</c> …); lists joined by commas.</param>
public sealed record Visualization(string Kind, IReadOnlyDictionary<string, string> Properties);
