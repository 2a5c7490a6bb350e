using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;

namespace Bongsu.Tests.Query.Functions.Numeric;

public sealed class NumericFunctionTests
{
    [Theory]
    [InlineData("sqrt(-1) => null(real)")]
    [InlineData("log(0) => -inf")]
    [InlineData("log(-1) => null(real)")]
    [InlineData("asin(2) => null(real)")]
    [InlineData("abs(int(-5)) => 5")]
    [InlineData("abs(-9223372036854775808) => null(long)")]
    [InlineData("abs(ts(-01:00:00)) => ts(1h)")]
    [InlineData("round(2.98765, 3) => 2.988")]
    [InlineData("round(-50.55) => -51.0")]
    [InlineData("round(21.5, -1) => 20.0")]
    [InlineData("round(149, -2) => 100")]
    [InlineData("round(dec(3.14159), 2) => dec(3.14)")]
    [InlineData("ceiling(int(3)) => int(3)")]
    [InlineData("sign(nan) => nan")]
    [InlineData("gamma(0.5) => 1.7724538509055")]
    [InlineData("gamma(-1) => nan")]
    [InlineData("erf(-3) => -0.999977909503001")]
    [InlineData("erfc(2) => 0.00467773498104727")]
    [InlineData("beta_cdf(0.9, 10.0, 20.0) => 0.999999999999959")]
    [InlineData("beta_cdf(1.5, 10.0, 20.0) => nan")]
    [InlineData("binary_shift_left(1, -1) => null(long)")]
    [InlineData("binary_shift_left(1, 64) => 1")]
    [InlineData("max_of(10, null(long), 20) => 20")]
    [InlineData("max_of(int(1), 2.5) => 2.5")]
    [InlineData("min_of(null(int), null(int)) => null(int)")]
    [InlineData("max_of('a', 'b') => 'b'")]
    [InlineData("iff(null(bool), 1, 2) => 2")]
    [InlineData("iff(true, int(1), 2) => 1")]
    [InlineData("iff(true, 'a', 2) => dyn(\"a\")")]
    [InlineData("case(null(bool), 'a', true, 'b', 'c') => 'b'")]
    [InlineData("coalesce(int(null), 42) => 42")]
    [InlineData("coalesce(null(long), null(long)) => null(long)")]
    [InlineData("isnull('') => false")]
    [InlineData("isempty(null(dynamic)) => true")]
    [InlineData("isempty(dyn(\"\")) => true")]
    [InlineData("isempty(5) => false")]
    [InlineData("around(100, 99, 2) => true")]
    public void Rows(string row) => FunctionCase.Check(row.Replace("int(null)", "null(int)", StringComparison.Ordinal));

    [Fact]
    public void Rand_WithLimit_StaysBelowIt()
    {
        ScalarKernel kernel = FunctionRegistry.FindScalar("rand")!.Bind([new(ScalarType.Long, Scalar.Of(3L), null)]);
        var values = (FixedVector<double>)kernel.Evaluate([Vector.Constant(Scalar.Of(3L), 500)], 500, new EvaluationContext(0, CancellationToken.None));
        Assert.Equal([0.0, 1.0, 2.0], values.Values.ToArray().Distinct().Order());
    }
}
