using System.Text.Json.Nodes;
using Bongsu.Alert.Alerts;

namespace Bongsu.Alert.Channels;

/// <summary>Alerts in a line.</summary>
internal static class AlertText
{
    /// <summary>Rule, and key where there is one: <c>payments-errors (service=payments)</c>.</summary>
    public static string Title(AlertView alert) =>
        alert.Key.Count == 0 ? alert.Rule : $"{alert.Rule} ({Line(alert.Key)})";

    /// <summary>The annotation <c>summary</c>, or all values.</summary>
    public static string Summary(AlertView alert) =>
        alert.Annotations.TryGetValue("summary", out string? summary) ? summary : Line(alert.Values);

    /// <summary>Address of the alert in the web UI, or null where none is configured.</summary>
    public static string? Link(AlertView alert, string? webAddress) =>
        webAddress is null ? null : $"{webAddress.TrimEnd('/')}/alerts?id={alert.Id}";

    /// <summary>Names and values in a line.</summary>
    public static string Line(JsonObject values) =>
        string.Join(", ", values.Select(value => $"{value.Key}={Text(value.Value)}"));

    private static string Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString() ?? "";
}
