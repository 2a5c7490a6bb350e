using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Numeric;

/// <summary>Rounds down to a multiple of a size, toward minus infinity; datetimes count from 0001-01-01, a
/// Monday.</summary>
internal sealed class Bin() : BinFunction("bin(value:any, size:any) -> any")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) => Create(types);
}
