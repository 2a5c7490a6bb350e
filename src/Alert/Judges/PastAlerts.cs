using System.Text.Json.Nodes;
using Bongsu.Alert.Alerts;
using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;

namespace Bongsu.Alert.Judges;

/// <summary>When a rule's alerts fired, by key: what was not normal is not learnt as such. Immutable.</summary>
internal sealed class PastAlerts
{
    private readonly Dictionary<string, List<(long From, long To)>> _spans = new(StringComparer.Ordinal);

    private PastAlerts()
    {
    }

    /// <summary>None.</summary>
    public static PastAlerts None { get; } = new();

    /// <summary>Reads those of a rule that are over.</summary>
    /// <param name="tables">The tenant's tables; that of alerts may be missing.</param>
    /// <param name="rule">The rule's name.</param>
    /// <param name="nowTicks">Wall clock.</param>
    /// <param name="cancellationToken">Looked at once per block.</param>
    public static PastAlerts Read(TenantTables tables, string rule, long nowTicks, CancellationToken cancellationToken)
    {
        var past = new PastAlerts();
        if (tables.FindTable(AlertsTable.TableName) is null)
        {
            return past;
        }

        string text = $"{AlertsTable.TableName} | where rule == '{rule}' and state == 'resolved' "
            + "| project key = tostring(key), started_at, resolved_at = column_ifexists('resolved_at', datetime(null)) "
            + "| where isnotnull(resolved_at)";
        BoundQuery query = KqlCompiler.Compile(text, tables, new CompileOptions { NowTicks = nowTicks });
        foreach (Batch batch in QueryEngine.Execute(query.Plan, tables, nowTicks, QueryLimits.Default, cancellationToken).Batches())
        {
            var starts = (FixedVector<long>)batch[1];
            var ends = (FixedVector<long>)batch[2];
            for (int row = 0; row < batch.RowCount; row++)
            {
                string key = batch[0].GetScalar(row).AsString;
                if (!past._spans.TryGetValue(key, out List<(long From, long To)>? spans))
                {
                    past._spans.Add(key, spans = []);
                }

                spans.Add((starts[row], ends[row]));
            }
        }

        return past;
    }

    /// <summary>Whether the slot that begins at a time was in an alert of a key; null where the key never had one.</summary>
    /// <param name="names">Names of the key columns.</param>
    /// <param name="keys">The key columns.</param>
    /// <param name="row">The key's row there.</param>
    /// <param name="stepTicks">Length of a slot.</param>
    public Func<long, bool>? Of(IReadOnlyList<string> names, IReadOnlyList<Vector> keys, int row, long stepTicks)
    {
        if (_spans.Count == 0)
        {
            return null;
        }

        var key = new JsonObject();
        for (int column = 0; column < names.Count; column++)
        {
            key.Add(names[column], AlertJson.ToNode(keys[column].GetScalar(row)));
        }

        return _spans.TryGetValue(AlertJson.ToText(key), out List<(long From, long To)>? spans)
            ? ticks => spans.Exists(span => ticks + stepTicks >= span.From && ticks + stepTicks < span.To)
            : null;
    }
}
