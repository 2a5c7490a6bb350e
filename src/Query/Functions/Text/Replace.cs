using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Text;

/// <summary>The old form of <c>replace_regex()</c>, with the source last.</summary>
internal sealed class Replace() : SignedFunction("replace(pattern:string, replacement:string, source:string) -> string")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<StringVectorBuilder, Operation>(new Operation(new RegexArgument(arguments[0], 0)), ScalarType.String, types);

    private struct Operation(RegexArgument pattern) : IRowOperation<StringVectorBuilder>
    {
        private RegexArgument _pattern = pattern;

        public void Append(in Row row, StringVectorBuilder output) =>
            ReplaceRegex.Replace(_pattern.For(row.Text(0)), row.Text(2), row.Text(1), row.Scratch, output);
    }
}
