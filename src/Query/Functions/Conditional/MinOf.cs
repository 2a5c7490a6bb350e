namespace Bongsu.Query.Functions.Conditional;

/// <summary>The least of several values; nulls are skipped.</summary>
internal sealed class MinOf() : OrderedPick("min_of", isMax: false);
