using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bongsu.Alert.Rules;
using Bongsu.Core.Batches;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Stream;
using Bongsu.Stream.Plans;
using Bongsu.Stream.Windows;

namespace Bongsu.Alert.Alerts;

/// <summary>Makes alerts of a rule's results: ids, texts with values filled in, the query behind.</summary>
internal sealed class AlertComposer
{
    private const string NoDataKind = "no_data";
    private const string ErrorKind = "error";
    private const string Firing = "firing";
    private const string ResolvedState = "resolved";
    private const string PendingState = "pending";
    private const int MinStormSize = 5;

    private readonly Rule _rule;
    private readonly TimeProvider _time;
    private ContinuousQuery? _query;

    public AlertComposer(Rule rule, TimeProvider time)
    {
        _rule = rule;
        _time = time;
    }

    /// <summary>Says which query the results are of.</summary>
    public void Attach(ContinuousQuery query) => _query = query;

    /// <summary>The rows of a result by their key as compact JSON; of equal keys the first.</summary>
    public Dictionary<string, KeyedRow> RowsByKey(Batch rows)
    {
        var byKey = new Dictionary<string, KeyedRow>(rows.RowCount, StringComparer.Ordinal);
        IReadOnlyList<int> keyColumns = _query!.Plan!.KeyColumns;
        for (int row = 0; row < rows.RowCount; row++)
        {
            var key = new JsonObject();
            var values = new JsonObject();
            var cells = new Dictionary<string, Scalar>(StringComparer.Ordinal);
            for (int column = 0; column < rows.Schema.Count; column++)
            {
                string name = rows.Schema[column].Name;
                Scalar cell = rows[column].GetScalar(row);
                cells.Add(name, cell);
                (keyColumns.Contains(column) ? key : values).Add(name, AlertJson.ToNode(cell));
            }

            byKey.TryAdd(AlertJson.ToText(key), new KeyedRow(key, values, AlertJson.ToText(values), cells));
        }

        return byKey;
    }

    /// <summary>What the condition compares values with.</summary>
    public IReadOnlyList<Threshold> Limits => _query!.Plan?.Thresholds ?? [];

    /// <summary>So many keys firing at once are a storm; 0 = they never are.</summary>
    public int StormSize => _rule.StormShare >= 1
        ? 0
        : Math.Max(MinStormSize, (int)Math.Floor(_rule.StormShare * _query!.Statistics.Keys) + 1);

    /// <summary>A new alert.</summary>
    public AlertView Fired(string key, KeyedRow row, FiringSpan span, WindowResult result)
    {
        AlertView alert = Bare("condition", key, row.Key, span.StartTicks);
        return WithValues(alert with { FiringSince = ScalarText.FormatDateTime(span.FiringTicks) }, row, result);
    }

    /// <summary>What is listed of a key whose condition has not held for long enough.</summary>
    public AlertView Pending(string key, KeyedRow row, long startTicks, WindowResult result)
    {
        AlertView bare = Bare("condition", key, row.Key, startTicks);
        return WithValues(bare with { State = PendingState, Revision = 0 }, row, result);
    }

    /// <summary>A pending alert, begun at another time.</summary>
    public AlertView PendingSince(AlertView alert, string key, long startTicks) => alert with
    {
        Id = IdOf(alert.Kind, key, startTicks),
        StartedAt = ScalarText.FormatDateTime(startTicks),
    };

    /// <summary>An alert that says that the rule's table is silent.</summary>
    public AlertView NoData(WindowResult result)
    {
        string table = _query!.Plan!.Table;
        return OfRule(NoDataKind, result.EndTicks) with
        {
            WindowStart = ScalarText.FormatDateTime(result.StartTicks),
            Annotations = Summary($"no data: table {table} has no rows since {Template.FormatTime(result.StartTicks)}"),
            Query = $"{KqlText.Name(table)} | top 10 by timestamp desc",
        };
    }

    /// <summary>An alert that says that the rule's query fails.</summary>
    public AlertView Failing(string message, long atTicks) => OfRule(ErrorKind, atTicks) with
    {
        Values = new JsonObject { ["error"] = message },
        Annotations = Summary($"the query fails: {message}"),
    };

    /// <summary>The alert with the values of a window.</summary>
    public AlertView WithValues(AlertView alert, KeyedRow row, WindowResult result)
    {
        AlertView moved = alert with
        {
            WindowStart = ScalarText.FormatDateTime(result.StartTicks),
            WindowEnd = ScalarText.FormatDateTime(result.EndTicks),
            Values = row.Values,
            Estimated = result.IsEstimate,
        };
        return moved with
        {
            Labels = Fill(_rule.Labels, moved, row.Cells),
            Annotations = Fill(_rule.Annotations, moved, row.Cells),
            Query = EvidenceQuery.Create(_rule.StreamQuery, _query!.Plan!, row.Cells, result.StartTicks, result.EndTicks),
        };
    }

    /// <summary>Whether an alert shows the values of a window.</summary>
    public static bool Shows(AlertView alert, long endTicks) => alert.WindowEnd == ScalarText.FormatDateTime(endTicks);

    /// <summary>The alert with the values another shows.</summary>
    public static AlertView WithValuesOf(AlertView alert, AlertView other) => alert with
    {
        WindowStart = other.WindowStart,
        WindowEnd = other.WindowEnd,
        Values = other.Values,
        Estimated = other.Estimated,
        Labels = other.Labels,
        Annotations = other.Annotations,
        Query = other.Query,
    };

    /// <summary>The alert, over.</summary>
    public AlertView Resolved(AlertView alert, long atTicks, bool isCorrection) => alert with
    {
        State = ResolvedState,
        ResolvedAt = ScalarText.FormatDateTime(atTicks),
        Revision = alert.Revision + 1,
        Corrected = alert.Corrected || isCorrection,
        Annotations = alert.Kind switch
        {
            NoDataKind => Summary($"table {_query!.Plan?.Table} has rows again; there were none from {alert.WindowStart[..19]}Z on"),
            ErrorKind => Summary($"the query works again; it failed with: {alert.Values["error"]}"),
            _ => alert.Annotations,
        },
    };

    /// <summary>The alert, over at another time.</summary>
    public AlertView ResolvedAt(AlertView alert, long atTicks) => alert with
    {
        State = ResolvedState,
        ResolvedAt = ScalarText.FormatDateTime(atTicks),
    };

    /// <summary>The alert, begun and fired at other times.</summary>
    public AlertView Since(AlertView alert, long startTicks, long firingTicks) => alert with
    {
        StartedAt = ScalarText.FormatDateTime(startTicks),
        FiringSince = ScalarText.FormatDateTime(firingTicks),
    };

    /// <summary>The alert, not over after all.</summary>
    public AlertView FiringAgain(AlertView alert) => alert with { State = Firing, ResolvedAt = null };

    private static Dictionary<string, string> Summary(string text) => new() { ["summary"] = text };

    // Of the rule as a whole: there is no row whose columns could fill in placeholders.
    private AlertView OfRule(string kind, long atTicks)
    {
        AlertView bare = Bare(kind, kind, [], atTicks);
        return bare with
        {
            FiringSince = bare.StartedAt,
            Labels = Fill(_rule.Labels, bare, new Dictionary<string, Scalar>()),
        };
    }

    private AlertView Bare(string kind, string key, JsonObject keyObject, long startTicks) => new()
    {
        Id = IdOf(kind, key, startTicks),
        Rule = _rule.Name,
        Kind = kind,
        Key = keyObject,
        State = Firing,
        Severity = _rule.Severity,
        StartedAt = ScalarText.FormatDateTime(startTicks),
        FiredAt = ScalarText.FormatDateTime(_time.GetUtcNow().UtcTicks),
        Revision = 1,
        WindowStart = ScalarText.FormatDateTime(startTicks),
        WindowEnd = ScalarText.FormatDateTime(startTicks),
        Values = [],
        Labels = _rule.Labels,
        Annotations = _rule.Annotations,
        Query = "",
        Channels = _rule.Channels,
    };

    private string IdOf(string kind, string key, long endTicks)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{_rule.Name}\n{kind}\n{key}\n{endTicks}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
    }

    private SortedDictionary<string, string> Fill(
        IReadOnlyDictionary<string, string> texts, AlertView alert, IReadOnlyDictionary<string, Scalar> cells)
    {
        var filled = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string text) in texts)
        {
            filled.Add(name, Template.Fill(text, placeholder => cells.TryGetValue(placeholder, out Scalar cell)
                ? Template.Format(cell)
                : placeholder switch
                {
                    "rule" => _rule.Name,
                    "severity" => _rule.Severity.ToString(CultureInfo.InvariantCulture),
                    "window_start" => alert.WindowStart,
                    "window_end" => alert.WindowEnd,
                    _ => null,
                }));
        }

        return filled;
    }
}
