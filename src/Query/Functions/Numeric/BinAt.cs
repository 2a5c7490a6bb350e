using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Rounds down to a multiple of a size counted from a point.</summary>
internal sealed class BinAt() : BinFunction("bin_at(value:any, size:any, fixed_point:any) -> any")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => Create(types);
}
