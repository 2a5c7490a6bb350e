using System.Buffers;
using System.Collections.Concurrent;

namespace Bongsu.Core.Vectors;

/// <summary>Arrays for use again, which can all be let go at once. Any number of threads.</summary>
/// <remarks>The array pool of the runtime keeps what was idle for less than a minute, and of each size as many as there are
/// threads and more: too much for a process that is to rest small (docs/decisions/0031).</remarks>
public static class SharedArrays
{
    private const int MaxLength = 1 << 24;
    private const int MaxArraysOfSize = 16;

    private static readonly ConcurrentBag<Action> s_trims = [];

    /// <summary>An array of at least a length, with any content.</summary>
    public static T[] Rent<T>(int length) => Kept<T>.Arrays.Rent(length);

    /// <summary>Takes an array back; its owner must not use it again.</summary>
    public static void Return<T>(T[] array) => Kept<T>.Arrays.Return(array);

    /// <summary>Lets go of all arrays that are not in use.</summary>
    public static void Trim()
    {
        foreach (Action trim in s_trims)
        {
            trim();
        }
    }

    private static ArrayPool<T> Make<T>() => ArrayPool<T>.Create(MaxLength, MaxArraysOfSize);

    private static class Kept<T>
    {
        private static volatile ArrayPool<T> s_arrays = MakeTrimmed();

        public static ArrayPool<T> Arrays => s_arrays;

        private static ArrayPool<T> MakeTrimmed()
        {
            s_trims.Add(static () => s_arrays = Make<T>());
            return Make<T>();
        }
    }
}
