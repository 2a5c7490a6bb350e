using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Execution;
using Bongsu.Query.Plan;

namespace Bongsu.Query.Operators;

/// <summary>
/// <c>range x from a to b step s</c>: both ends included, steps down allowed; a null or zero step gives no row.
/// </summary>
internal sealed class RangeOperator : Operator
{
    private readonly RangePlan _plan;

    public RangeOperator(QueryRun run, RangePlan plan)
        : base(run, plan.Schema)
    {
        _plan = plan;
    }

    public override IEnumerable<Batch> Execute()
    {
        ScalarType type = Schema[0].Type;
        Scalar from = Value(_plan.From);
        Scalar to = Value(_plan.To);
        Scalar step = Value(_plan.Step);
        if (from.IsNull || to.IsNull || step.IsNull)
        {
            return [];
        }

        return type switch
        {
            ScalarType.Int => Integers(ToLong(from), ToLong(to), ToLong(step), values => Narrow(values)),
            ScalarType.Real => Reals(ToDouble(from), ToDouble(to), ToDouble(step)),
            ScalarType.Decimal => Decimals(ToDecimal(from), ToDecimal(to), ToDecimal(step)),
            _ => Integers(
                ToLong(from), ToLong(to), ToLong(step), values => new FixedVector<long>(type, values, values.Length)),
        };
    }

    private static long ToLong(Scalar value) => Convert.ToInt64(value.Value, null);

    private static double ToDouble(Scalar value) => Convert.ToDouble(value.Value, null);

    private static decimal ToDecimal(Scalar value) => Convert.ToDecimal(value.Value, null);

    private static FixedVector<int> Narrow(long[] values) =>
        new(ScalarType.Int, Array.ConvertAll(values, value => (int)value), values.Length);

    private Scalar Value(BoundExpression expression) =>
        ExpressionEvaluator.Evaluate(expression, new Batch(Schema.Empty, [], 1), Run.Evaluation).GetScalar(0);

    private IEnumerable<Batch> Integers(long from, long to, long step, Func<long[], Vector> vector)
    {
        // Int128: the span of all longs does not fit a long.
        Int128 count = step == 0 || (step > 0 ? from > to : from < to) ? 0 : (((Int128)to - from) / step) + 1;
        for (Int128 done = 0; done < count;)
        {
            Run.Cancellation.ThrowIfCancellationRequested();
            long[] values = new long[(int)Int128.Min(Run.BatchRows, count - done)];
            for (int row = 0; row < values.Length; row++)
            {
                values[row] = (long)(from + ((done + row) * step));
            }

            done += values.Length;
            yield return new Batch(Schema, [vector(values)], values.Length);
        }
    }

    private IEnumerable<Batch> Reals(double from, double to, double step)
    {
        // Half a millionth of a step makes up for rounding at the end, so that 0.1 steps reach 1.
        double count = step == 0 ? 0 : Math.Floor(((to - from) / step) + 5e-7) + 1;
        for (double done = 0; done < count;)
        {
            Run.Cancellation.ThrowIfCancellationRequested();
            double[] values = new double[(int)Math.Min(Run.BatchRows, count - done)];
            for (int row = 0; row < values.Length; row++)
            {
                values[row] = from + ((done + row) * step);
            }

            done += values.Length;
            yield return new Batch(Schema, [new FixedVector<double>(ScalarType.Real, values, values.Length)], values.Length);
        }
    }

    private IEnumerable<Batch> Decimals(decimal from, decimal to, decimal step)
    {
        decimal count = step == 0 ? 0 : Math.Floor((to - from) / step) + 1;
        for (decimal done = 0; done < count;)
        {
            Run.Cancellation.ThrowIfCancellationRequested();
            decimal[] values = new decimal[(int)Math.Min(Run.BatchRows, count - done)];
            for (int row = 0; row < values.Length; row++)
            {
                values[row] = from + ((done + row) * step);
            }

            done += values.Length;
            yield return new Batch(
                Schema, [new FixedVector<decimal>(ScalarType.Decimal, values, values.Length)], values.Length);
        }
    }
}
