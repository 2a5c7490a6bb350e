using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!has_cs</c>.</summary>
internal sealed class NotHasCs() : SubstringOperator("!has_cs", SubstringRule.TermStart | SubstringRule.TermEnd);
