using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>contains</c>: the right side occurs in the left, in any case.</summary>
internal sealed class Contains() : SubstringOperator("contains", SubstringRule.IgnoreCase);
