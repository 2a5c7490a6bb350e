using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!endswith</c>.</summary>
internal sealed class NotEndsWith() : SubstringOperator("!endswith", SubstringRule.IgnoreCase | SubstringRule.TextEnd);
