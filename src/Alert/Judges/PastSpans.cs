using System.Text.Json.Nodes;
using Bongsu.Alert.Alerts;
using Bongsu.Core.Batches;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;

namespace Bongsu.Alert.Judges;

/// <summary>When a rule's alerts fired, by key: what was not normal is not learnt as such. Immutable.</summary>
internal sealed class PastSpans
{
    private readonly Dictionary<string, List<(long From, long To)>> _spans = new(StringComparer.Ordinal);

    private PastSpans()
    {
    }

    /// <summary>Reads those that began before a time; of what came after it nothing is known.</summary>
    /// <param name="tables">The tenant's tables; that of alerts may be missing.</param>
    /// <param name="rule">The rule's name.</param>
    /// <param name="toTicks">The time.</param>
    /// <param name="nowTicks">Wall clock.</param>
    /// <param name="cancellationToken">Looked at once per block.</param>
    public static PastSpans Read(TenantTables tables, string rule, long toTicks, long nowTicks, CancellationToken cancellationToken)
    {
        var past = new PastSpans();
        if (toTicks == LearnTimes.Never || tables.FindTable(AlertsTable.TableName) is null)
        {
            return past;
        }

        string text = $"{AlertsTable.TableName} | where rule == '{rule}' and state != 'pending' "
            + "| extend resolved = column_ifexists('resolved_at', datetime(null)) "
            + "| summarize resolved = max(resolved) by key = tostring(key), started_at";
        BoundQuery query = KqlCompiler.Compile(text, tables, new CompileOptions { NowTicks = nowTicks });
        foreach (Batch batch in QueryEngine.Execute(query.Plan, tables, nowTicks, QueryLimits.Default, cancellationToken).Batches())
        {
            Vector keys = batch[batch.Schema.IndexOf("key")];
            var starts = (FixedVector<long>)batch[batch.Schema.IndexOf("started_at")];
            var ends = (FixedVector<long>)batch[batch.Schema.IndexOf("resolved")];
            for (int row = 0; row < batch.RowCount; row++)
            {
                if (!starts.IsNull(row) && starts[row] < toTicks)
                {
                    past.Add(keys.GetScalar(row).AsString, starts[row], ends.IsNull(row) ? toTicks : Math.Min(toTicks, ends[row]));
                }
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

    private void Add(string key, long fromTicks, long toTicks)
    {
        if (!_spans.TryGetValue(key, out List<(long From, long To)>? spans))
        {
            _spans.Add(key, spans = []);
        }

        spans.Add((fromTicks, toTicks));
    }
}
