using Bongsu.Core.Vectors;

namespace Bongsu.Store;

/// <summary>What comes with a batch beside its rows.</summary>
public sealed record AppendOptions
{
    /// <summary>No key, no source.</summary>
    public static AppendOptions None { get; } = new();

    /// <summary>A batch whose key was stored in this table within 24 h is not stored again; null = no key.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What the sender is (host, connection or file); event time advances by source.</summary>
    public string SourceId { get; init; } = "";

    /// <summary>One key per row (empty = none): rows whose key was stored in this table within 24 h are left
    /// out.</summary>
    public StringVector? RowKeys { get; init; }
}
