using Bongsu.Query.Functions.Casts;
using System.Globalization;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;

namespace Bongsu.Tests.Query.Functions;

/// <summary>
/// One row of a table of function results, as text: <c>substring('abc', 1, 2) => 'bc'</c>. The call is evaluated over
/// constants, over plain
/// vectors and over dictionary-coded strings, and all must agree.
/// </summary>
/// <remarks>
/// Values: <c>'text'</c>, <c>12</c> (long), <c>1.5</c>, <c>true</c>, <c>int(1)</c>, <c>dec(1.5)</c>,
/// <c>dt(2024-01-31)</c>, <c>ts(1.02:00:00)</c>,
/// <c>guid(…)</c>, <c>dyn({"a":1})</c>, <c>null(long)</c>. Operators are called by name: <c>==(1, 2)</c>.
/// </remarks>
internal static class FunctionCase
{
    public const long NowTicks = 638_400_000_000_000_000;

    private static readonly EvaluationContext s_context = new(NowTicks, CancellationToken.None);

    /// <summary>Checks one row.</summary>
    public static void Check(string text)
    {
        int arrow = text.LastIndexOf(" => ", StringComparison.Ordinal);
        Scalar expected = new FunctionCaseReader(text[(arrow + 4)..]).ReadValue();
        Scalar actual = Evaluate(text[..arrow]);
        Assert.Equal(expected.Type, actual.Type);
        Assert.Equal(Print(expected), Print(actual));
    }

    /// <summary>Evaluates a call of literals.</summary>
    public static Scalar Evaluate(string call) => new FunctionCaseReader(call).ReadValue();

    /// <summary>Calls a function by name in every form of vector; the results must be the same.</summary>
    public static Scalar Call(string name, IReadOnlyList<Scalar> arguments)
    {
        ScalarFunction function = FunctionRegistry.FindScalar(name) ?? throw new ArgumentException($"there is no function {name}");
        ScalarKernel kernel = function.Bind(arguments.Select(value => new ScalarArgument(value.Type, value, null)).ToArray());
        Scalar[] cast = arguments.Select((value, index) => ExplicitCast(value, kernel.ParameterTypes[index])).ToArray();
        Scalar constant = Evaluate(kernel, cast, value => Vector.Constant(value, 3));
        if (kernel.IsDeterministic)
        {
            Assert.Equal(Print(constant), Print(Evaluate(kernel, cast, Plain)));
            Assert.Equal(Print(constant), Print(Evaluate(kernel, cast, Coded)));
        }

        return constant;
    }

    private static Scalar ExplicitCast(Scalar value, ScalarType type) =>
        value.Type == type ? value : Cast.Convert(value, type);

    private static Scalar Evaluate(ScalarKernel kernel, Scalar[] arguments, Func<Scalar, Vector> vector)
    {
        Vector result = kernel.Evaluate(arguments.Select(vector).ToArray(), 3, s_context);
        Assert.Equal(3, result.Length);
        Assert.Equal(kernel.ResultType, result.Type);
        if (kernel.IsDeterministic)
        {
            Assert.Equal(Print(result.GetScalar(0)), Print(result.GetScalar(2)));
        }

        return result.GetScalar(1);
    }

    private static Vector Plain(Scalar value)
    {
        VectorBuilder builder = VectorBuilder.Create(value.Type);
        for (int row = 0; row < 3; row++)
        {
            builder.AppendScalar(value);
        }

        return builder.Build();
    }

    private static Vector Coded(Scalar value)
    {
        var plain = Plain(value);
        return plain is StringVector strings ? new StringVector(strings.Values, [2, 1, 0], 3) : plain;
    }

    private static string Print(Scalar value)
    {
        string text = value.Value switch
        {
            null => "null",
            byte[] encoded => ScalarText.FormatJson(new DynamicReader(encoded)),
            double real => real.ToString("G14", CultureInfo.InvariantCulture),
            _ => ScalarText.Format(value),
        };
        return $"{value.Type.Name()} {text}";
    }
}
