using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Numeric;

/// <summary><c>bin</c> of integers and ticks by a constant size: within a bin, which neighbours often share, nothing is
/// divided.</summary>
internal sealed class TickBinKernel : ElementwiseKernel
{
    private readonly ScalarKernel _anySize;

    /// <summary>Takes the kernel for sizes that vary.</summary>
    public TickBinKernel(ScalarKernel anySize)
        : base(anySize.ResultType, [.. anySize.ParameterTypes])
    {
        _anySize = anySize;
    }

    protected override Vector EvaluateRows(ReadOnlySpan<Vector> arguments, int rowCount, EvaluationContext context)
    {
        var size = (FixedVector<long>)arguments[1];
        if (arguments[0] is not FixedVector<long> { IsConstant: false } values || !size.IsConstant || size.IsNull(0) || size[0] <= 0)
        {
            return _anySize.Evaluate(arguments, rowCount, context);
        }

        long[] bins = BlockArrays.Rent<long>(context.Arrays, rowCount);
        Round(values.Values, size[0], bins);
        if (values.Validity is { } validity)
        {
            for (int row = 0; row < rowCount; row++)
            {
                bins[row] = validity[row] ? bins[row] : 0;
            }
        }

        return new FixedVector<long>(ResultType, bins, rowCount, values.Validity);
    }

    private static void Round(ReadOnlySpan<long> values, long size, Span<long> bins)
    {
        long bin = 0;
        ulong width = 0; // no value is within the first bin
        for (int row = 0; row < values.Length; row++)
        {
            long value = values[row];
            if ((ulong)(value - bin) >= width)
            {
                long remainder = value % size;
                bin = unchecked(value - (remainder < 0 ? remainder + size : remainder));
                width = bin <= value && bin <= long.MaxValue - size ? (ulong)size : 0; // a bin that wraps holds for one row
            }

            bins[row] = bin;
        }
    }
}
