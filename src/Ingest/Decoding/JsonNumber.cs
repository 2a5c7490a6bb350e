namespace Bongsu.Ingest.Decoding;

/// <summary>A JSON number: an integer where it was written as one and fits, else real, or decimal for longer
/// integers.</summary>
internal readonly record struct JsonNumber(JsonNumberKind Kind, long Integer, double Real, decimal Decimal)
{
    public static JsonNumber Of(long integer) => new(JsonNumberKind.Long, integer, 0, 0);

    public static JsonNumber Of(double real) => new(JsonNumberKind.Real, 0, real, 0);

    public static JsonNumber Of(decimal number) => new(JsonNumberKind.Decimal, 0, 0, number);
}
