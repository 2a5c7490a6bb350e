using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>A bag of the given columns, by their names.</summary>
internal sealed class BagPackColumns() : SignedFunction("bag_pack_columns(columns:any+) -> dynamic")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<DynamicVectorBuilder, NamedColumns>(new NamedColumns(arguments, Name, skipsEmpty: false), ScalarType.Dynamic, types);
}
