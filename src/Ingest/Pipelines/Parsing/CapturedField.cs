namespace Bongsu.Ingest.Pipelines.Parsing;

/// <summary>A group of a regular expression and the field it becomes.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Name">Name of the field.</param>
/// <param name="Type">Type of the field.</param>
internal sealed record CapturedField(string Group, string Name, CaptureType Type);
