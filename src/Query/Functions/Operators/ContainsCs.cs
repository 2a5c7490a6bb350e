using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>contains_cs</c>: the right side occurs in the left.</summary>
internal sealed class ContainsCs() : SubstringOperator("contains_cs", SubstringRule.None);
