using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>startswith</c>: in any case.</summary>
internal sealed class StartsWith() : SubstringOperator(
    "startswith", SubstringRule.IgnoreCase | SubstringRule.TextStart);
