using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!hasprefix_cs</c>.</summary>
internal sealed class NotHasPrefixCs() : SubstringOperator("!hasprefix_cs", SubstringRule.TermStart);
