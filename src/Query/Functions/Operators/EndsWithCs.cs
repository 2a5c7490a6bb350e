using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>endswith_cs</c>.</summary>
internal sealed class EndsWithCs() : SubstringOperator("endswith_cs", SubstringRule.TextEnd);
