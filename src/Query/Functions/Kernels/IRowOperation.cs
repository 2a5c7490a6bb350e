using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>A function of one row; a struct, so that <see cref="RowKernel{TOutput, TOperation}"/> calls it
/// directly.</summary>
/// <typeparam name="TOutput">The builder of the result.</typeparam>
internal interface IRowOperation<in TOutput>
    where TOutput : VectorBuilder
{
    /// <summary>False where a null argument gives null without a call.</summary>
    static virtual bool TakesNulls => false;

    /// <summary>Appends the result of a row: exactly one value.</summary>
    void Append(in Row row, TOutput output);
}
