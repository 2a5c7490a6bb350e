using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>has_cs</c>: the right side is a whole term of the left.</summary>
internal sealed class HasCs() : SubstringOperator("has_cs", SubstringRule.TermStart | SubstringRule.TermEnd);
