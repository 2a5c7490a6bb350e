using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>
/// A kernel whose result in a row depends on that row's arguments only. Arguments that are all constant are evaluated
/// once; where one
/// dictionary-coded string is all that varies, each dictionary entry is evaluated once.
/// </summary>
internal abstract class ElementwiseKernel : ScalarKernel
{
    protected ElementwiseKernel(ScalarType resultType, params ScalarType[] parameterTypes)
        : base(resultType, parameterTypes)
    {
    }

    public sealed override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        if (rowCount == 0)
        {
            return Vector.Nulls(ResultType, 0);
        }

        if (!TryFindVarying(arguments, out StringVector? dictionary))
        {
            return EvaluateRows(arguments, rowCount, context);
        }

        if (dictionary is null)
        {
            Vector single = EvaluateRows(Resized(arguments, null, 1), 1, context);
            return single.IsConstant ? single.WithLength(rowCount) : Vector.Constant(single.GetScalar(0), rowCount);
        }

        int entries = dictionary.Values.Count;
        if (entries > rowCount)
        {
            return EvaluateRows(arguments, rowCount, context);
        }

        Vector perEntry = EvaluateRows(Resized(arguments, new StringVector(dictionary.Values), entries), entries, context);
        if (perEntry is StringVector { IsConstant: false, IsDictionary: false } strings)
        {
            return new StringVector(strings.Values, dictionary.Codes.ToArray(), rowCount);
        }

        return perEntry.IsConstant ? perEntry.WithLength(rowCount) : perEntry.Gather(dictionary.Codes);
    }

    /// <summary>Evaluates rows one by one; arguments may be constant or not.</summary>
    protected abstract Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context);

    // True where everything is constant (dictionary null) or where one dictionary vector is all that varies.
    private static bool TryFindVarying(ReadOnlySpan<Vector> arguments, out StringVector? dictionary)
    {
        dictionary = null;
        foreach (Vector argument in arguments)
        {
            if (argument.IsConstant || ReferenceEquals(argument, dictionary))
            {
                continue;
            }

            if (dictionary is not null || argument is not StringVector { IsDictionary: true } strings)
            {
                return false;
            }

            dictionary = strings;
        }

        return true;
    }

    private static Vector[] Resized(ReadOnlySpan<Vector> arguments, Vector? varying, int length)
    {
        var resized = new Vector[arguments.Length];
        for (int argument = 0; argument < resized.Length; argument++)
        {
            resized[argument] = arguments[argument].IsConstant ? arguments[argument].WithLength(length) : varying!;
        }

        return resized;
    }
}
