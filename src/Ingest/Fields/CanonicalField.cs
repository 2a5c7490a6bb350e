namespace Bongsu.Ingest.Fields;

/// <summary>The fields every log row shares, whatever its sender calls them.</summary>
public enum CanonicalField
{
    /// <summary>None: an attribute under its own name.</summary>
    None = 0,

    /// <summary>When it happened; datetime.</summary>
    Timestamp,

    /// <summary>How bad it is; one of <see cref="LogLevels"/>' words.</summary>
    Level,

    /// <summary>What program said it.</summary>
    Service,

    /// <summary>Which machine it ran on.</summary>
    Host,

    /// <summary>What was said.</summary>
    Message,

    /// <summary>The trace the row belongs to.</summary>
    TraceId,

    /// <summary>The span the row belongs to.</summary>
    SpanId,
}
