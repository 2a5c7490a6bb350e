using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!startswith</c>.</summary>
internal sealed class NotStartsWith() : SubstringOperator(
    "!startswith", SubstringRule.IgnoreCase | SubstringRule.TextStart);
