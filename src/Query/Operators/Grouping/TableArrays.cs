using System.Runtime.CompilerServices;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Operators.Grouping;

/// <summary>Arrays of tables of groups. Large ones are lent: fresh ones for every query cost collections of all
/// memory. Who does not give them back leaves them to the collector.</summary>
internal static class TableArrays
{
    private const int MinLentBytes = 32 << 10;

    /// <summary>An array of zeros, at least so long.</summary>
    public static T[] Rent<T>(int length)
        where T : unmanaged
    {
        if (!IsLent<T>(length))
        {
            return new T[length];
        }

        T[] array = SharedArrays.Rent<T>(length);
        array.AsSpan().Clear();
        return array;
    }

    /// <summary>Makes an array at least so long; what is new in it is 0.</summary>
    public static void Grow<T>(ref T[] array, int length)
        where T : unmanaged
    {
        T[] longer = Rent<T>(length);
        array.CopyTo(longer.AsSpan());
        Return(ref array);
        array = longer;
    }

    /// <summary>Gives an array back and leaves an empty one.</summary>
    public static void Return<T>(ref T[] array)
        where T : unmanaged
    {
        if (IsLent<T>(array.Length))
        {
            SharedArrays.Return(array);
        }

        array = [];
    }

    private static bool IsLent<T>(int length) => (long)length * Unsafe.SizeOf<T>() >= MinLentBytes;
}
