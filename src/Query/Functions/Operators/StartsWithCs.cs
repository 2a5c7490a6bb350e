using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>startswith_cs</c>.</summary>
internal sealed class StartsWithCs() : SubstringOperator("startswith_cs", SubstringRule.TextStart);
