namespace Bongsu.Query.Functions.Kernels;

/// <summary>
/// A function of one value of fixed width, as code the JIT folds into the loop of
/// <see cref="UnaryKernel{TIn, TOut, TOperation}"/>.
/// </summary>
internal interface IUnaryOperation<TIn, TOut>
{
    /// <summary>Computes the result; false gives null. Must bear any input: rows that are null pass default.</summary>
    static abstract bool TryApply(TIn value, out TOut result);
}
