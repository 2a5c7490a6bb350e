using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!hasprefix</c>.</summary>
internal sealed class NotHasPrefix() : SubstringOperator(
    "!hasprefix", SubstringRule.IgnoreCase | SubstringRule.TermStart);
