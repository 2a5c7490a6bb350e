using System.Text.Json;
using Bongsu.Alert.Alerts;

namespace Bongsu.Alert.Channels;

/// <summary>Body of a generic webhook; documented in docs/guide/alerts.md.</summary>
internal sealed record WebhookBody
{
    /// <summary>Rises when a field changes its meaning.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Equal for repeats of the same message.</summary>
    public required string DedupKey { get; init; }

    /// <summary><c>firing</c> or <c>resolved</c>.</summary>
    public required string State { get; init; }

    /// <summary>Rule and key in one line.</summary>
    public required string Title { get; init; }

    /// <summary>The annotation <c>summary</c>, or the values in one line.</summary>
    public required string Text { get; init; }

    /// <summary>Address of the alert in the web UI, or null.</summary>
    public string? Link { get; init; }

    /// <summary>All of it.</summary>
    public required AlertView Alert { get; init; }

    /// <summary>The bytes to send.</summary>
    public static byte[] Write(Notification notification, string? webAddress) => JsonSerializer.SerializeToUtf8Bytes(
        new WebhookBody
        {
            DedupKey = notification.DedupKey,
            State = notification.Alert.State,
            Title = AlertText.Title(notification.Alert),
            Text = AlertText.Summary(notification.Alert),
            Link = AlertText.Link(notification.Alert, webAddress),
            Alert = notification.Alert,
        },
        AlertJson.Plain.WebhookBody);
}
