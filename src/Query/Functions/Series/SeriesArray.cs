using Bongsu.Core.Dynamic;
using Bongsu.Query.Functions.Casts;

namespace Bongsu.Query.Functions.Series;

/// <summary>Series between dynamic arrays and numbers.</summary>
internal static class SeriesArray
{
    /// <summary>The numbers of an array, NaN where an element is none; null where it is no array.</summary>
    public static double[]? Read(DynamicReader array)
    {
        if (array.Kind != DynamicKind.Array)
        {
            return null;
        }

        double[] values = new double[array.Count];
        for (int index = 0; index < values.Length; index++)
        {
            DynamicReader element = array.ElementAt(index);
            bool isNumber = element.Kind is DynamicKind.Real or DynamicKind.Long or DynamicKind.Decimal;
            values[index] = isNumber && RealParser.TryConvert(element, out double number) ? number : double.NaN;
        }

        return values;
    }

    /// <summary>Writes an array; what is not finite becomes null.</summary>
    public static void Write(ReadOnlySpan<double> values, DynamicWriter writer)
    {
        writer.BeginArray();
        foreach (double value in values)
        {
            if (double.IsFinite(value))
            {
                writer.WriteReal(value);
            }
            else
            {
                writer.WriteNull();
            }
        }

        writer.EndArray();
    }
}
