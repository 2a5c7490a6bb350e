using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Elements moved by some places: around the ends, or out with a value for the places left free.</summary>
internal abstract class ArrayMoveFunction : SignedFunction
{
    private readonly int _direction;
    private readonly bool _rotates;

    /// <param name="signature">See <see cref="FunctionSignature"/>.</param>
    /// <param name="direction">1 to the left, -1 to the right.</param>
    /// <param name="rotates">What goes out at one end comes in at the other.</param>
    protected ArrayMoveFunction(string signature, int direction, bool rotates)
        : base(signature)
    {
        _direction = direction;
        _rotates = rotates;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        if (types.Length > 2)
        {
            types[2] = ScalarType.Dynamic;
        }

        return new RowKernel<DynamicVectorBuilder, Operation>(new Operation(_direction, _rotates), ScalarType.Dynamic, types);
    }

    private readonly struct Operation(int direction, bool rotates) : IRowOperation<DynamicVectorBuilder>
    {
        public static bool TakesNulls => true;

        public void Append(in Row row, DynamicVectorBuilder output)
        {
            DynamicReader array = row.Dynamic(0);
            if (array.Kind != DynamicKind.Array || row.IsNull(1))
            {
                output.AppendNull();
                return;
            }

            int count = array.Count;
            long places = count == 0 ? 0 : rotates ? row.Long(1) % count : Math.Clamp(row.Long(1), -count, count);
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            for (int index = 0; index < count; index++)
            {
                long source = index + (direction * places);
                source = rotates ? (source + count) % count : source;
                writer.WriteValue(source >= 0 && source < count ? array.ElementAt((int)source) : row.Count > 2 ? row.Dynamic(2) : default);
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }
}
