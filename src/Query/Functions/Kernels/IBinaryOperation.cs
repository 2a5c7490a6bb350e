namespace Bongsu.Query.Functions.Kernels;

/// <summary>
/// A function of two values of fixed width, as code the JIT folds into the loop of
/// <see cref="BinaryKernel{TLeft, TRight, TOut,
/// TOperation}"/>.
/// </summary>
internal interface IBinaryOperation<TLeft, TRight, TOut>
{
    /// <summary>Computes the result; false gives null. Must bear any input: rows that are null pass default.</summary>
    static abstract bool TryApply(TLeft left, TRight right, out TOut result);
}
