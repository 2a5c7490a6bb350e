using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Operators;

/// <summary><c>=~</c> and <c>!~</c>: texts equal without regard to case.</summary>
internal abstract class CaseInsensitiveEquality<TOperation> : RowFunction<FixedVectorBuilder<bool>, TOperation>
    where TOperation : struct, IRowOperation<FixedVectorBuilder<bool>>
{
    protected CaseInsensitiveEquality(string name)
        : base($"{name}(left:string, right:string) -> bool")
    {
    }
}
