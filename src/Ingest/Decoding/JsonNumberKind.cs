namespace Bongsu.Ingest.Decoding;

/// <summary>Which type holds a JSON number without loss.</summary>
internal enum JsonNumberKind
{
    Long,
    Real,
    Decimal,
}
