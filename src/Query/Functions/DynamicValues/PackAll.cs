using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>
/// A bag of all columns; with true, without those that are null or empty. The binder adds the columns as further
/// arguments.
/// </summary>
internal sealed class PackAll() : SignedFunction("pack_all(ignore_null_empty:bool, columns:any*) -> dynamic")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        bool skipsEmpty = arguments[0].Constant?.Value is bool constant
            ? constant
            : throw new FunctionException("pack_all() expects a constant as ignore_null_empty", 0);
        return new RowKernel<DynamicVectorBuilder, NamedColumns>(
            new NamedColumns(arguments.Skip(1).ToArray(), Name, skipsEmpty), ScalarType.Dynamic, types);
    }
}
