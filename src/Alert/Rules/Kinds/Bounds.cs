using System.Globalization;

namespace Bongsu.Alert.Rules.Kinds;

/// <summary>The keys <c>min</c> and <c>max</c>: a value below the one or above the other fires.</summary>
internal sealed record Bounds(double? Min, double? Max)
{
    /// <summary>Reads them; one at least must be there.</summary>
    public static Bounds Read(RuleFields fields)
    {
        var bounds = new Bounds(fields.Number("min"), fields.Number("max"));
        if (bounds.Min is null && bounds.Max is null)
        {
            throw fields.Wrong("'min' or 'max' is missing");
        }

        return bounds.Min > bounds.Max ? throw fields.Wrong("min", "must not be more than 'max'") : bounds;
    }

    /// <summary>The query with the key <c>min_rows</c>: windows of fewer rows say nothing.</summary>
    public static ComposedQuery LeastRows(RuleFields fields, ComposedQuery query) => fields.Count("min_rows") is { } least
        ? query.Then(string.Create(CultureInfo.InvariantCulture, $"\n| where rows >= {least}"))
        : query;

    /// <summary>The query with the condition. Too little needs rows: none at all is for <c>no_data</c> to
    /// tell.</summary>
    public ComposedQuery Condition(ComposedQuery query, string column)
    {
        string above = Max is { } max ? $"{column} > {KqlText.Literal(max)}" : "";
        string below = Min is { } min ? $"{column} < {KqlText.Literal(min)} and rows > 0" : "";
        string condition = above.Length > 0 && below.Length > 0 ? $"{above} or ({below})" : above + below;
        return query.Then("\n| where " + condition);
    }
}
