using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!endswith_cs</c>.</summary>
internal sealed class NotEndsWithCs() : SubstringOperator("!endswith_cs", SubstringRule.TextEnd);
