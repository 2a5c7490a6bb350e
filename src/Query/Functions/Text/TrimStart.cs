namespace Bongsu.Query.Functions.Text;

/// <summary>Removes a match from the beginning.</summary>
internal sealed class TrimStart() : TrimFunction("trim_start", start: true, end: false);
