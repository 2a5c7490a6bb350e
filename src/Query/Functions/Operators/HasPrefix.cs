using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>hasprefix</c>: the right side begins a term of the left, in any case.</summary>
internal sealed class HasPrefix() : SubstringOperator("hasprefix", SubstringRule.IgnoreCase | SubstringRule.TermStart);
