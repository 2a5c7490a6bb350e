namespace Bongsu.Ingest.Protocols.Otlp;

/// <summary>How a field of an OTLP message is written, in protobuf and in JSON.</summary>
internal enum OtlpKind
{
    /// <summary>A message; repeated ones as an array.</summary>
    Message,

    /// <summary>Text.</summary>
    Text,

    /// <summary>64 fixed bits; a number, or a string of one.</summary>
    Fixed64,

    /// <summary>32 fixed bits.</summary>
    Fixed32,

    /// <summary>A varint: integers, as number or string, and enum numbers.</summary>
    Varint,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A double, or "NaN", "Infinity", "-Infinity".</summary>
    Double,

    /// <summary>Bytes, as hexadecimal text (trace and span ids).</summary>
    Hex,

    /// <summary>Bytes, as base64.</summary>
    Base64,
}
