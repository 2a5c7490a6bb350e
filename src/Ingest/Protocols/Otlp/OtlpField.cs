namespace Bongsu.Ingest.Protocols.Otlp;

/// <summary>A field of an OTLP message as its JSON form names it.</summary>
/// <param name="Name">In lowerCamelCase.</param>
/// <param name="Number">In protobuf.</param>
/// <param name="Kind">How its value is written.</param>
/// <param name="Message">Its fields, where it is a message.</param>
internal sealed record OtlpField(string Name, int Number, OtlpKind Kind, Func<OtlpField[]>? Message = null);
