using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Network;

/// <summary>Arguments that are texts one by one, or dynamic arrays of them.</summary>
internal static class TextLists
{
    /// <summary>Checks that all arguments after the first are strings or dynamics; gives the types back.</summary>
    public static ScalarType[] CheckTypes(string function, ScalarType[] types)
    {
        int wrong = Array.FindIndex(types, 1, type => type is not (ScalarType.String or ScalarType.Dynamic));
        return wrong < 0
            ? types
            : throw new FunctionException($"{function}() expects strings or a dynamic array of them, got {types[wrong].Name()}", wrong);
    }

    public static int Count(in Row row, int argument) =>
        row[argument] is StringVector ? 1 : row.Dynamic(argument).Kind == DynamicKind.Array ? row.Dynamic(argument).Count : 1;

    /// <summary>A text; empty where an element is none.</summary>
    public static ReadOnlySpan<byte> Item(in Row row, int argument, int index)
    {
        if (row[argument] is StringVector)
        {
            return row.Text(argument);
        }

        DynamicReader list = row.Dynamic(argument);
        DynamicReader item = list.Kind == DynamicKind.Array ? list.ElementAt(index) : list;
        return item.Kind == DynamicKind.String ? item.Utf8 : default;
    }
}
