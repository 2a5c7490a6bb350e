namespace Bongsu.Ingest.Pipelines.Parsing;

/// <summary>What a captured text becomes.</summary>
internal enum CaptureType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A long, where it is one.</summary>
    Long,

    /// <summary>A real, where it is one.</summary>
    Real,

    /// <summary>True or false, where it is one of them.</summary>
    Bool,
}
