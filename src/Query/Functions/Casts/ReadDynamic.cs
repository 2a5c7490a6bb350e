using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Casts;

/// <summary>A dynamic primitive to a value; strings are parsed, arrays and bags become null.</summary>
internal readonly struct ReadDynamic<T, TParser> : IRowOperation<FixedVectorBuilder<T>>
    where T : unmanaged
    where TParser : struct, IValueParser<T>
{
    public static bool TryRead(DynamicReader dynamic, out T value)
    {
        switch (dynamic.Kind)
        {
            case DynamicKind.Null or DynamicKind.Array or DynamicKind.Bag:
                value = default;
                return false;
            case DynamicKind.String:
                return TParser.TryParse(dynamic.Utf8, out value);
            default:
                return TParser.TryConvert(dynamic, out value);
        }
    }

    public void Append(in Row row, FixedVectorBuilder<T> output)
    {
        if (TryRead(row.Dynamic(0), out T value))
        {
            output.Append(value);
        }
        else
        {
            output.AppendNull();
        }
    }
}
