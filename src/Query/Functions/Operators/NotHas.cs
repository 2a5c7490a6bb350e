using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!has</c>.</summary>
internal sealed class NotHas() : SubstringOperator(
    "!has", SubstringRule.IgnoreCase | SubstringRule.TermStart | SubstringRule.TermEnd);
