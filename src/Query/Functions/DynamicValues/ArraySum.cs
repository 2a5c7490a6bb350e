using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Sum of the numbers of an array; null where an element is none.</summary>
internal sealed class ArraySum() : RowFunction<FixedVectorBuilder<double>, ArraySum.Operation>(
    "array_sum(array:dynamic) -> real")
{
    internal readonly struct Operation : IRowOperation<FixedVectorBuilder<double>>
    {
        public void Append(in Row row, FixedVectorBuilder<double> output)
        {
            DynamicReader array = row.Dynamic(0);
            bool isValid = array.Kind == DynamicKind.Array;
            double sum = 0;
            for (int index = 0; isValid && index < array.Count; index++)
            {
                isValid = DynamicOrder.IsNumber(array.ElementAt(index).Kind) && RealParser.TryConvert(array.ElementAt(index), out double number);
                sum += isValid && RealParser.TryConvert(array.ElementAt(index), out number) ? number : 0;
            }

            if (isValid)
            {
                output.Append(sum);
            }
            else
            {
                output.AppendNull();
            }
        }
    }
}
