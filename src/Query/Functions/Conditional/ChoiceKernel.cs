using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Conditional;

/// <summary>
/// Predicates and values by turns, then the value for none: the first predicate that is true decides; null counts as
/// false.
/// </summary>
internal sealed class ChoiceKernel : ElementwiseKernel
{
    public ChoiceKernel(ScalarType type, ScalarType[] types)
        : base(type, types)
    {
    }

    protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        byte[] choices = new byte[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            int choice = 0;
            while (choice < arguments.Length - 1 && !IsTrue(arguments[choice], row))
            {
                choice += 2;
            }

            choices[row] = (byte)(choice == arguments.Length - 1 ? choice : choice + 1);
        }

        VectorBuilder output = VectorBuilder.Create(ResultType);
        for (int start = 0; start < rowCount;)
        {
            int end = start + 1;
            while (end < rowCount && choices[end] == choices[start])
            {
                end++;
            }

            AppendRun(output, arguments[choices[start]], start, end - start);
            start = end;
        }

        return output.Build();
    }

    private static void AppendRun(VectorBuilder output, Vector source, int start, int count)
    {
        if (source.IsConstant || source is StringVector { IsDictionary: true })
        {
            for (int row = start; row < start + count; row++)
            {
                output.AppendRow(source, row);
            }
        }
        else
        {
            output.AppendRange(source, start, count);
        }
    }

    private static bool IsTrue(Vector predicate, int row) => ((FixedVector<bool>)predicate)[row] && !predicate.IsNull(row);
}
