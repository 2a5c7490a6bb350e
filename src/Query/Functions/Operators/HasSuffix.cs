using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>hassuffix</c>: the right side ends a term of the left, in any case.</summary>
internal sealed class HasSuffix() : SubstringOperator("hassuffix", SubstringRule.IgnoreCase | SubstringRule.TermEnd);
