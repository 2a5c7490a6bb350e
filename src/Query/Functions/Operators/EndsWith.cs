using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>endswith</c>: in any case.</summary>
internal sealed class EndsWith() : SubstringOperator("endswith", SubstringRule.IgnoreCase | SubstringRule.TextEnd);
