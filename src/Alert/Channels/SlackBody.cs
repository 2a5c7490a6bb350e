using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bongsu.Alert.Alerts;

namespace Bongsu.Alert.Channels;

/// <summary>
/// Body of Slack's incoming webhook: a line of text for notifications and an attachment with blocks, coloured by
/// severity.
/// Format: Slack's "Incoming webhooks", "Block Kit: section block" and "Formatting text" (escaping of &amp;, &lt; and
/// &gt;).
/// </summary>
internal static class SlackBody
{
    // Slack refuses a section of more than 3,000 characters and one of more than ten fields.
    private const int MaxTextLength = 2800;
    private const int MaxFields = 10;

    /// <summary>The bytes to send.</summary>
    public static byte[] Write(Notification notification, string? webAddress)
    {
        AlertView alert = notification.Alert;
        bool isFiring = alert.State == "firing";
        string title = Escape(AlertText.Title(alert));
        string state = isFiring ? ":rotating_light: FIRING" : ":white_check_mark: RESOLVED";
        string head = string.Create(CultureInfo.InvariantCulture, $"{state} S{alert.Severity} {title}");
        var blocks = new JsonArray
        {
            Section($"*{head}*\n{Escape(AlertText.Summary(alert))}"),
        };
        var fields = new JsonArray();
        foreach ((string name, JsonNode? value) in alert.Key.Concat(alert.Values).Take(MaxFields))
        {
            string text = value is JsonValue single && single.TryGetValue(out string? plain) ? plain : value?.ToJsonString() ?? "";
            fields.Add(Markdown($"*{Escape(name)}*\n{Escape(Short(text))}"));
        }

        if (fields.Count > 0)
        {
            blocks.Add(new JsonObject { ["type"] = "section", ["fields"] = fields });
        }

        string times = $"window {alert.WindowStart[..19]}Z – {alert.WindowEnd[..19]}Z" +
            (alert.ResolvedAt is null ? "" : $" · resolved {alert.ResolvedAt[..19]}Z");
        string? link = AlertText.Link(alert, webAddress);
        blocks.Add(new JsonObject
        {
            ["type"] = "context",
            ["elements"] = new JsonArray(Markdown(link is null ? times : $"{times} · <{link}|open>")),
        });
        var body = new JsonObject
        {
            ["text"] = $"{head}: {Escape(Short(AlertText.Summary(alert)))}",
            ["attachments"] = new JsonArray(new JsonObject { ["color"] = Colour(alert), ["blocks"] = blocks }),
        };
        return JsonSerializer.SerializeToUtf8Bytes(body, AlertJson.Plain.JsonObject);
    }

    private static string Colour(AlertView alert) => alert switch
    {
        { State: "resolved" } => "#2e8540",
        { Severity: 1 } => "#b50909",
        { Severity: 2 } => "#e66f0e",
        { Severity: 3 } => "#e5a000",
        { Severity: 4 } => "#2378c3",
        _ => "#71767a",
    };

    private static JsonObject Section(string text) => new() { ["type"] = "section", ["text"] = Markdown(Short(text, MaxTextLength)) };

    private static JsonObject Markdown(string text) => new() { ["type"] = "mrkdwn", ["text"] = text };

    private static string Short(string text, int maxLength = 300) => text.Length <= maxLength ? text : text[..maxLength] + "…";

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
