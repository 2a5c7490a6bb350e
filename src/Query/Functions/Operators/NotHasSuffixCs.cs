using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>!hassuffix_cs</c>.</summary>
internal sealed class NotHasSuffixCs() : SubstringOperator("!hassuffix_cs", SubstringRule.TermEnd);
