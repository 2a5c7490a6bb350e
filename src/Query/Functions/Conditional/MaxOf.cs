namespace Bongsu.Query.Functions.Conditional;

/// <summary>The largest of several values; nulls are skipped.</summary>
internal sealed class MaxOf() : OrderedPick("max_of", isMax: true);
