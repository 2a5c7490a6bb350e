using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>The same as <c>bin()</c>; without a size, to whole numbers.</summary>
internal sealed class Floor() : BinFunction("floor(value:any, size:any?) -> any")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => Create(types);
}
