using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Windows;

/// <summary>A kernel over all rows in their order; it is given them in one batch.</summary>
internal abstract class WindowKernel : ScalarKernel
{
    protected WindowKernel(ScalarType resultType, params ScalarType[] parameterTypes)
        : base(resultType, parameterTypes)
    {
    }

    public sealed override bool IsWindow => true;

    /// <summary>Whether an argument asks to begin anew at a row; one that is not given never does.</summary>
    protected static bool Restarts(ReadOnlySpan<Vector> arguments, int argument, int row) =>
        argument < arguments.Length && !arguments[argument].IsNull(row) && ((FixedVector<bool>)arguments[argument])[row];
}
