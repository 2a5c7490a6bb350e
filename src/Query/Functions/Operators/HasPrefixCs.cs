using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>hasprefix_cs</c>.</summary>
internal sealed class HasPrefixCs() : SubstringOperator("hasprefix_cs", SubstringRule.TermStart);
