using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!contains_cs</c>.</summary>
internal sealed class NotContainsCs() : SubstringOperator("!contains_cs", SubstringRule.None);
