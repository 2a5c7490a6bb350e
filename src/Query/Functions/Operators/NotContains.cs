using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!contains</c>.</summary>
internal sealed class NotContains() : SubstringOperator("!contains", SubstringRule.IgnoreCase);
