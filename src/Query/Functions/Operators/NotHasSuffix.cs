using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!hassuffix</c>.</summary>
internal sealed class NotHasSuffix() : SubstringOperator(
    "!hassuffix", SubstringRule.IgnoreCase | SubstringRule.TermEnd);
