using System.Globalization;
using System.Text.Json.Nodes;
using Bongsu.Core.Batches;
using Bongsu.Query;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Stream.Plans;

namespace Bongsu.Alert.Alerts;

/// <summary>Looks up what stands behind an alert that fires. Bounded in time and number, and never fails: an alert
/// without evidence is still an alert. One caller at a time.</summary>
internal sealed class EvidenceFinder
{
    private const int MaxPatterns = 5;
    private const int MaxSamples = 3;
    private const int MaxColumns = 40;
    private const int MaxPerMinute = 60;
    private static readonly string[] s_judged = ["expected", "lower", "upper", "before", "score"];
    private static readonly QueryLimits s_limits = new() { MaxResultRows = 100, MaxMemoryBytes = 64 << 20, MaxWorkers = 1 };

    private readonly TenantTables _tables;
    private readonly TimeProvider _time;
    private readonly Action<string, string, Exception?> _notice;
    private long _minuteTicks;
    private int _inMinute;

    public EvidenceFinder(TenantTables tables, TimeProvider time, Action<string, string, Exception?> notice)
    {
        _tables = tables;
        _time = time;
        _notice = notice;
    }

    /// <summary>What stands behind an alert; null where there was no time for it.</summary>
    /// <param name="alert">It fires.</param>
    /// <param name="limits">What the rule compares its values with.</param>
    /// <param name="cancellationToken">Time is over.</param>
    public AlertEvidence? Find(AlertView alert, IReadOnlyList<Threshold> limits, CancellationToken cancellationToken)
    {
        if (alert.Kind != "condition" || !IsWithinBudget())
        {
            return null;
        }

        var evidence = new AlertEvidence { Values = ValuesOf(alert, limits) };
        try
        {
            var samples = new List<JsonObject>();
            foreach (Batch batch in Run($"{alert.Query}\n| take {MaxSamples}", cancellationToken))
            {
                samples.AddRange(Enumerable.Range(0, batch.RowCount).Select(row => RowOf(batch, row)));
            }

            evidence = evidence with { Samples = samples };
            if (samples.Exists(sample => sample.ContainsKey("message")))
            {
                evidence = evidence with { Patterns = PatternsOf(alert.Query, cancellationToken) };
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or QueryException)
        {
            // What there is so far is told.
        }
        catch (Exception exception)
        {
            _notice("error", $"evidence of rule {alert.Rule} was not found", exception);
        }

        return evidence;
    }

    private static List<EvidenceValue> ValuesOf(AlertView alert, IReadOnlyList<Threshold> limits)
    {
        var values = new List<EvidenceValue>();
        foreach (Threshold limit in limits.Where(limit => limit.Operator != "!="))
        {
            if (alert.Values.TryGetPropertyValue(limit.Column, out JsonNode? value))
            {
                values.Add(new EvidenceValue(limit.Column, Number(value), limit.Operator, limit.Value));
            }
        }

        foreach (string column in s_judged)
        {
            if (alert.Values.TryGetPropertyValue(column, out JsonNode? value) && values.TrueForAll(known => known.Column != column))
            {
                values.Add(new EvidenceValue(column, Number(value), column, null));
            }
        }

        return values;
    }

    private List<EvidencePattern> PatternsOf(string query, CancellationToken cancellationToken)
    {
        var patterns = new List<EvidencePattern>();
        string text = $"{query}\n| summarize rows = count() by pattern = message_template(message)\n| top {MaxPatterns} by rows desc";
        foreach (Batch batch in Run(text, cancellationToken))
        {
            int pattern = batch.Schema.IndexOf("pattern");
            int rows = batch.Schema.IndexOf("rows");
            for (int row = 0; row < batch.RowCount; row++)
            {
                patterns.Add(new EvidencePattern(batch[pattern].GetScalar(row).AsString, batch[rows].GetScalar(row).AsLong));
            }
        }

        return patterns;
    }

    private IEnumerable<Batch> Run(string text, CancellationToken cancellationToken)
    {
        BoundQuery query = KqlCompiler.Compile(text, _tables, new CompileOptions { NowTicks = _time.GetUtcNow().UtcTicks });
        return QueryEngine.Execute(query, _tables, s_limits, cancellationToken).Batches();
    }

    private static JsonObject RowOf(Batch batch, int row)
    {
        var json = new JsonObject();
        for (int column = 0; column < Math.Min(batch.Schema.Count, MaxColumns); column++)
        {
            if (AlertJson.ToNode(batch[column].GetScalar(row)) is { } value)
            {
                json.TryAdd(batch.Schema[column].Name, value);
            }
        }

        return json;
    }

    private static double? Number(JsonNode? node) =>
        double.TryParse(node?.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : null;

    private bool IsWithinBudget()
    {
        long minute = _time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMinute;
        _inMinute = minute == _minuteTicks ? _inMinute + 1 : 1;
        _minuteTicks = minute;
        return _inMinute <= MaxPerMinute;
    }
}
