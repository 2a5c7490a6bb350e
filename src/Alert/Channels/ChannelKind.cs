namespace Bongsu.Alert.Channels;

/// <summary>What a channel's receiver understands.</summary>
public enum ChannelKind
{
    /// <summary>Any program: JSON as docs/guide/alerts.md describes it.</summary>
    Webhook,

    /// <summary>Slack's incoming webhook, and messengers that take the same format.</summary>
    Slack,
}
