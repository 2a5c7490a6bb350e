namespace Bongsu.Ingest.Files;

/// <summary>One field of a <see cref="LogRecord"/>.</summary>
/// <param name="Name">Column or dot path.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Start">Of a text, where its bytes begin in the record.</param>
/// <param name="Length">Of a text, its bytes.</param>
/// <param name="Number">Of a long or bool the value, of a real its bits.</param>
internal readonly record struct RecordField(string Name, FieldKind Kind, int Start, int Length, long Number);
