using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Functions;
using Bongsu.Query.Plan;

namespace Bongsu.Tests.Query.Execution;

public sealed class ExpressionEvaluatorTests
{
    private static readonly EvaluationContext s_context = new(0, CancellationToken.None);
    private static readonly BoundColumn s_text = new(0, "s", ScalarType.String);

    [Fact]
    public void Evaluate_OfADictionaryColumn_RunsOncePerEntry()
    {
        Utf8Values dictionary = StringVector.Of("error", "info", "unused").Values;
        int[] codes = [0, 1, 1, 0, 1, 0, 0, 0];
        var column = new StringVector(dictionary, codes, codes.Length);
        BoundCall predicate = Call("==", s_text, new BoundLiteral(Scalar.Of("error")));
        var seen = (FixedVector<bool>)Evaluate(predicate, column);
        Assert.Equal(codes.Select(code => code == 0), Enumerable.Range(0, 8).Select(row => seen[row]));

        BoundCall text = Call("strcat_probe", s_text);
        var copied = (StringVector)Evaluate(text, column);
        Assert.True(copied.IsDictionary);
        Assert.Equal(codes.Select(code => column.Values[code].Length), Enumerable.Range(0, 8).Select(row => copied[row].Length));
        Assert.Equal(3, ((ProbeKernel)text.Kernel).RowsSeen);
    }

    [Fact]
    public void Evaluate_OfConstants_StaysConstantAndRunsOnce()
    {
        var kernel = new ProbeKernel();
        var call = new BoundCall("probe", kernel, [new BoundLiteral(Scalar.Of("x"))]);
        Vector result = Evaluate(call, StringVector.Of("a", "b", "c"));
        Assert.True(result.IsConstant);
        Assert.Equal(3, result.Length);
        Assert.Equal(1, kernel.RowsSeen);
    }

    private static Vector Evaluate(BoundExpression expression, StringVector column)
    {
        var batch = new Batch(Rows.Schema(("s", ScalarType.String)), [column], column.Length);
        return ExpressionEvaluator.Evaluate(expression, batch, s_context);
    }

    private static BoundCall Call(string function, params BoundExpression[] arguments)
    {
        ScalarKernel kernel = function == "strcat_probe"
            ? new ProbeKernel()
            : FunctionRegistry.FindScalar(function)!.Bind(arguments
                .Select(argument => new ScalarArgument(argument.Type, (argument as BoundLiteral)?.Value, null)).ToArray());
        return new BoundCall(function, kernel, arguments);
    }

    /// <summary>Copies its argument, row by row, and counts the rows.</summary>
    private sealed class ProbeKernel() : ScalarKernel(ScalarType.String, ScalarType.String)
    {
        public int RowsSeen { get; private set; }

        public override Vector Evaluate(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
        {
            var builder = new StringVectorBuilder();
            for (int row = 0; row < rowCount; row++)
            {
                builder.Append(((StringVector)arguments[0])[row]);
            }

            RowsSeen += rowCount;
            return builder.Build();
        }
    }
}
