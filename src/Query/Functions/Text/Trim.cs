namespace Bongsu.Query.Functions.Text;

/// <summary>Removes matches from both ends.</summary>
internal sealed class Trim() : TrimFunction("trim", start: true, end: true);
