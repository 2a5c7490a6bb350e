using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>has</c>: the right side is a whole term of the left, in any case.</summary>
internal sealed class Has() : SubstringOperator(
    "has", SubstringRule.IgnoreCase | SubstringRule.TermStart | SubstringRule.TermEnd);
