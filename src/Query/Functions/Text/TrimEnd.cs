namespace Bongsu.Query.Functions.Text;

/// <summary>Removes a match from the end.</summary>
internal sealed class TrimEnd() : TrimFunction("trim_end", start: false, end: true);
