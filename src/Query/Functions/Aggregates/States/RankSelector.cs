using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using Bongsu.Query.Operators.Sorting;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Selects several ranks of a list in pieces without moving it: a histogram says in which narrow range each
/// lies, and only those values are collected.</summary>
internal static class RankSelector
{
    // Fewer values are copied and selected at once.
    private const int MinCount = 4096;
    private const int BucketBits = 12;

    /// <summary>The values a sort would bring to some indexes.</summary>
    /// <param name="segments">The list.</param>
    /// <param name="count">Its length, at least 1.</param>
    /// <param name="ranks">Indexes from 0, ascending.</param>
    /// <param name="results">One for each.</param>
    public static void Select<T>(List<ArraySegment<T>> segments, int count, ReadOnlySpan<int> ranks, Span<T> results)
        where T : unmanaged, IComparable<T>
    {
        if (segments is List<ArraySegment<long>> longs && count >= MinCount && results is var own)
        {
            long[] selected = new long[ranks.Length];
            SelectByHistogram(longs, ranks, selected);
            System.Runtime.InteropServices.MemoryMarshal.Cast<long, T>(selected).CopyTo(own);
            return;
        }

        T[] copy = ArrayPool<T>.Shared.Rent(count);
        int copied = 0;
        foreach (ArraySegment<T> segment in segments)
        {
            segment.AsSpan().CopyTo(copy.AsSpan(copied));
            copied += segment.Count;
        }

        SelectInPlace(copy.AsSpan(0, count), ranks, 0, results);
        ArrayPool<T>.Shared.Return(copy);
    }

    private static void SelectByHistogram(List<ArraySegment<long>> segments, ReadOnlySpan<int> ranks, Span<long> results)
    {
        (long min, long max) = (long.MaxValue, long.MinValue);
        foreach (ArraySegment<long> segment in segments)
        {
            min = Math.Min(min, TensorPrimitives.Min<long>(segment));
            max = Math.Max(max, TensorPrimitives.Max<long>(segment));
        }

        int shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount((ulong)(max - min)) - BucketBits);
        int[] ends = new int[1 << BucketBits];
        foreach (ArraySegment<long> segment in segments)
        {
            foreach (long key in segment.AsSpan())
            {
                ends[(int)((ulong)(key - min) >> shift)]++;
            }
        }

        // Where each bucket's values go; those without a wanted rank go nowhere.
        int[] next = new int[ends.Length];
        int collected = Plan(ends, next, ranks);
        long[] values = ArrayPool<long>.Shared.Rent(Math.Max(1, collected));
        foreach (ArraySegment<long> segment in segments)
        {
            foreach (long key in segment.AsSpan())
            {
                int bucket = (int)((ulong)(key - min) >> shift);
                if (next[bucket] >= 0)
                {
                    values[next[bucket]++] = key;
                }
            }
        }

        for (int rank = 0; rank < ranks.Length;)
        {
            int bucket = BucketOf(ends, ranks[rank]);
            int first = bucket == 0 ? 0 : ends[bucket - 1];
            int size = ends[bucket] - first;
            int until = rank;
            while (until < ranks.Length && ranks[until] < ends[bucket])
            {
                until++;
            }

            SelectInPlace(values.AsSpan(next[bucket] - size, size), ranks[rank..until], first, results[rank..until]);
            rank = until;
        }

        ArrayPool<long>.Shared.Return(values);
    }

    // Turns counts into ends, and gives the buckets that hold a rank their places one after the other.
    private static int Plan(Span<int> ends, Span<int> next, ReadOnlySpan<int> ranks)
    {
        int collected = 0;
        int end = 0;
        int rank = 0;
        for (int bucket = 0; bucket < ends.Length; bucket++)
        {
            int count = ends[bucket];
            end += count;
            ends[bucket] = end;
            bool isWanted = rank < ranks.Length && ranks[rank] < end;
            next[bucket] = isWanted ? collected : -1;
            collected += isWanted ? count : 0;
            while (rank < ranks.Length && ranks[rank] < end)
            {
                rank++;
            }
        }

        return collected;
    }

    private static int BucketOf(ReadOnlySpan<int> ends, int rank)
    {
        int bucket = ends.BinarySearch(rank);

        // An exact hit is the end of a bucket, which the rank lies behind; empty buckets share their end.
        bucket = bucket < 0 ? ~bucket : bucket;
        while (ends[bucket] <= rank)
        {
            bucket++;
        }

        while (bucket > 0 && ends[bucket - 1] > rank)
        {
            bucket--;
        }

        return bucket;
    }

    // Ascending: each selection leaves smaller values before it, so the next looks only behind.
    private static void SelectInPlace<T>(Span<T> values, ReadOnlySpan<int> ranks, int firstRank, Span<T> results)
        where T : unmanaged, IComparable<T>
    {
        int from = 0;
        for (int rank = 0; rank < ranks.Length; rank++)
        {
            int index = ranks[rank] - firstRank;
            results[rank] = Selector.Select(values[from..], index - from);
            from = index;
        }
    }
}
