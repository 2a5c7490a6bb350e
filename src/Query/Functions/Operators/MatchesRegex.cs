using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>matches regex</c>: a match anywhere in the text.</summary>
internal sealed class MatchesRegex() : SignedFunction("matches regex(text:string, pattern:string) -> bool")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<FixedVectorBuilder<bool>, Operation>(new Operation(new RegexArgument(arguments[1], 1)), ScalarType.Bool, types);

    private struct Operation(RegexArgument pattern) : IRowOperation<FixedVectorBuilder<bool>>
    {
        private RegexArgument _pattern = pattern;

        public void Append(in Row row, FixedVectorBuilder<bool> output) =>
            output.Append(_pattern.For(row.Text(1)).IsMatch(row.Text(0), row.Scratch));
    }
}
