namespace Bongsu.Ingest.Files;

/// <summary>What a field of a <see cref="LogRecord"/> holds.</summary>
internal enum FieldKind : byte
{
    /// <summary>Valid UTF-8.</summary>
    Text,

    /// <summary>An integer.</summary>
    Long,

    /// <summary>A number.</summary>
    Real,

    /// <summary>A truth value.</summary>
    Bool,
}
