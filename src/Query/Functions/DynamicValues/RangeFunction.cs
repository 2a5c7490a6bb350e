using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Casts;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>An array from a start to a stop, which is included, by steps of 1, 1 hour, or as given; at most 1,048,576
/// elements.</summary>
internal sealed class RangeFunction() : SignedFunction("range(start:any, stop:any, step:any?) -> dynamic")
{
    /// <summary>As documented; what goes beyond is left out.</summary>
    private const int MaxCount = 1 << 20;

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        ScalarType start = types[0];
        bool isTime = start is ScalarType.DateTime or ScalarType.TimeSpan && types[1] == start
            && (types.Length == 2 || types[2] == ScalarType.TimeSpan);
        if (isTime)
        {
            return new RowKernel<DynamicVectorBuilder, OfTicks>(new OfTicks(start, Ticks.PerHour), ScalarType.Dynamic, types);
        }

        if (!types.All(type => type.IsNumeric()))
        {
            throw new FunctionException($"range() is not defined for {string.Join(", ", types.Select(type => type.Name()))}");
        }

        bool isWhole = types.All(type => type.IsInteger());
        Array.Fill(types, isWhole ? ScalarType.Long : ScalarType.Real);
        return isWhole
            ? new RowKernel<DynamicVectorBuilder, OfTicks>(new OfTicks(ScalarType.Long, 1), ScalarType.Dynamic, types)
            : new RowKernel<DynamicVectorBuilder, OfReal>(default, ScalarType.Dynamic, types);
    }

    private readonly struct OfTicks(ScalarType type, long defaultStep) : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            Int128 stop = row.Long(1);
            Int128 step = row.Count > 2 ? row.Long(2) : defaultStep;
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            int count = 0;
            for (Int128 value = row.Long(0); step != 0 && (step > 0 ? value <= stop : value >= stop) && count < MaxCount; value += step, count++)
            {
                switch (type)
                {
                    case ScalarType.DateTime:
                        writer.WriteDateTime((long)value);
                        break;
                    case ScalarType.TimeSpan:
                        writer.WriteTimeSpan((long)value);
                        break;
                    default:
                        writer.WriteLong((long)value);
                        break;
                }
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }

    private readonly struct OfReal : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            (double start, double stop, double step) = (row.Real(0), row.Real(1), row.Count > 2 ? row.Real(2) : 1);
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            for (int count = 0; step != 0 && count < MaxCount; count++)
            {
                // By multiplication, so that errors do not add up.
                double value = start + (count * step);
                if (!(step > 0 ? value <= stop : value >= stop))
                {
                    break;
                }

                writer.WriteReal(value);
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }
}
