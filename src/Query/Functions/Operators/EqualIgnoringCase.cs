using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>=~</c>.</summary>
internal sealed class EqualIgnoringCase() : CaseInsensitiveEquality<EqualIgnoringCase.Operation>("=~")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<bool>>
    {
        public void Append(in Row row, FixedVectorBuilder<bool> output) => output.Append(Utf8CaseFold.AreEqual(row.Text(0), row.Text(1)));
    }
}
