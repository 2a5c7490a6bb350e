using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bongsu.Core.Batches;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Store;

namespace Bongsu.Alert.Alerts;

/// <summary>The table <c>Alerts</c>: a row for every change of every alert.</summary>
internal sealed class AlertsTable
{
    /// <summary>Its name.</summary>
    public const string TableName = "Alerts";

    private const int MaxAtOnce = 256;

    private static readonly (Column Column, Func<AlertView, Scalar> Value)[] s_columns =
    [
        (new(SystemColumns.Timestamp, ScalarType.DateTime), alert => Scalar.OfDateTime(0)),
        (new("alert_id", ScalarType.String), alert => Scalar.Of(alert.Id)),
        (new("rule", ScalarType.String), alert => Scalar.Of(alert.Rule)),
        (new("kind", ScalarType.String), alert => Scalar.Of(alert.Kind)),
        (new("state", ScalarType.String), alert => Scalar.Of(alert.State)),
        (new("severity", ScalarType.Long), alert => Scalar.Of((long)alert.Severity)),
        (new("key", ScalarType.Dynamic), alert => Bag(alert.Key)),
        (new("values", ScalarType.Dynamic), alert => Bag(alert.Values)),
        (new("labels", ScalarType.Dynamic), alert => Bag(alert.Labels)),
        (new("annotations", ScalarType.Dynamic), alert => Bag(alert.Annotations)),
        (new("revision", ScalarType.Long), alert => Scalar.Of((long)alert.Revision)),
        (new("corrected", ScalarType.Bool), alert => Scalar.Of(alert.Corrected)),
        (new("started_at", ScalarType.DateTime), alert => Time(alert.StartedAt)),
        (new("resolved_at", ScalarType.DateTime), alert => Time(alert.ResolvedAt)),
        (new("window_start", ScalarType.DateTime), alert => Time(alert.WindowStart)),
        (new("window_end", ScalarType.DateTime), alert => Time(alert.WindowEnd)),
        (new("query", ScalarType.String), alert => Scalar.Of(alert.Query)),
        (new("firing_since", ScalarType.DateTime), alert => Time(alert.FiringSince)),
        (new("storm", ScalarType.String), alert => Scalar.Of(alert.Storm ?? "")),
        (new("evidence", ScalarType.Dynamic), alert => Evidence(alert.Evidence)),
    ];

    private static readonly Schema s_schema = new(s_columns.Select(column => column.Column));

    private readonly Database _database;
    private readonly string _tenant;

    public AlertsTable(Database database, string tenant)
    {
        _database = database;
        _tenant = tenant;
    }

    /// <summary>Adds rows, as many at once as share a write; the same change is stored once.</summary>
    public async Task AppendAsync(IReadOnlyList<AlertView> alerts, long nowTicks, CancellationToken cancellationToken)
    {
        foreach (AlertView[] chunk in alerts.Chunk(MaxAtOnce))
        {
            await Task.WhenAll(chunk.Select(alert => AppendAsync(alert, nowTicks, cancellationToken)));
        }
    }

    private async Task AppendAsync(AlertView alert, long nowTicks, CancellationToken cancellationToken)
    {
        var vectors = new Vector[s_columns.Length];
        vectors[0] = Vector.Constant(Scalar.OfDateTime(nowTicks), 1);
        for (int column = 1; column < vectors.Length; column++)
        {
            vectors[column] = Vector.Constant(s_columns[column].Value(alert), 1);
        }

        string key = string.Create(CultureInfo.InvariantCulture, $"alert:{alert.Id}:{alert.Revision}");
        await _database.GetOrCreateTable(_tenant, TableName).AppendAsync(
            new Batch(s_schema, vectors, 1), new AppendOptions { IdempotencyKey = key, SourceId = "bongsu" }, cancellationToken);
    }

    private static Scalar Time(string? text) => text is null
        ? Scalar.Null(ScalarType.DateTime)
        : Scalar.OfDateTime(DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).Ticks);

    private static Scalar Evidence(AlertEvidence? evidence) => evidence is null
        ? Scalar.Null(ScalarType.Dynamic)
        : Bag(JsonSerializer.SerializeToNode(evidence, AlertJson.Plain.AlertEvidence)!.AsObject());

    private static Scalar Bag(IReadOnlyDictionary<string, string> texts)
    {
        var json = new JsonObject();
        foreach ((string name, string text) in texts)
        {
            json.Add(name, text);
        }

        return Bag(json);
    }

    private static Scalar Bag(JsonObject json)
    {
        var writer = new DynamicWriter();
        bool isRead = DynamicJson.TryParse(Encoding.UTF8.GetBytes(AlertJson.ToText(json)), writer);
        return isRead ? Scalar.OfDynamic(writer.Written.ToArray()) : throw new JsonException("an alert's values are nested too deep");
    }
}
