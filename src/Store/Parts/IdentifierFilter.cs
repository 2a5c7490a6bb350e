using System.Numerics;
using System.Runtime.InteropServices;
using Bongsu.Core.Hashing;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Parts;

/// <summary>For each chunk of a shared dictionary a Bloom filter of its entries, eight to sixteen bits each.</summary>
/// <remarks>docs/formats/part.md draws it.</remarks>
internal static class IdentifierFilter
{
    private const int HashCount = 4;
    private const int EntriesPerWord = 8;

    /// <summary>Bytes of the filters of so many entries.</summary>
    public static int SizeOf(int count)
    {
        int full = count / DictionaryPlace.ChunkEntries;
        int rest = count % DictionaryPlace.ChunkEntries;
        return sizeof(ulong) * ((full * WordsOf(DictionaryPlace.ChunkEntries)) + (rest == 0 ? 0 : WordsOf(rest)));
    }

    /// <summary>Makes the filters of all chunks.</summary>
    public static byte[] Build(SharedDictionary dictionary)
    {
        byte[] bytes = new byte[SizeOf(dictionary.Count)];
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan());
        for (int code = 0; code < dictionary.Count; code++)
        {
            if (code == dictionary.EmptyCode)
            {
                continue;
            }

            Span<ulong> filter = ChunkOf(words, dictionary.Count, code / DictionaryPlace.ChunkEntries);
            uint mask = ((uint)filter.Length * 64) - 1;
            ulong hash = HashOf(dictionary[code]);
            uint bit = (uint)hash;
            for (int index = 0; index < HashCount; index++, bit += (uint)(hash >> 32) | 1)
            {
                filter[(int)((bit & mask) >> 6)] |= 1UL << (int)(bit & 63);
            }
        }

        return bytes;
    }

    /// <summary>False only where the chunk does not have the entry.</summary>
    public static bool MayHave(ReadOnlySpan<byte> filters, int count, int chunk, ReadOnlySpan<byte> entry)
    {
        ReadOnlySpan<ulong> filter = ChunkOf(MemoryMarshal.Cast<byte, ulong>(filters), count, chunk);
        uint mask = ((uint)filter.Length * 64) - 1;
        ulong hash = HashOf(entry);
        uint bit = (uint)hash;
        for (int index = 0; index < HashCount; index++, bit += (uint)(hash >> 32) | 1)
        {
            if ((filter[(int)((bit & mask) >> 6)] >> (int)(bit & 63) & 1) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int WordsOf(int entries) => (int)BitOperations.RoundUpToPowerOf2((uint)(entries + EntriesPerWord - 1) / EntriesPerWord);

    private static ulong HashOf(ReadOnlySpan<byte> entry) => ByteHash.Compute(entry, seed: 0);

    private static Span<ulong> ChunkOf(Span<ulong> words, int count, int chunk)
    {
        int full = WordsOf(DictionaryPlace.ChunkEntries);
        int entries = Math.Min(DictionaryPlace.ChunkEntries, count - (chunk * DictionaryPlace.ChunkEntries));
        return words.Slice(chunk * full, WordsOf(entries));
    }

    private static ReadOnlySpan<ulong> ChunkOf(ReadOnlySpan<ulong> words, int count, int chunk)
    {
        int full = WordsOf(DictionaryPlace.ChunkEntries);
        int entries = Math.Min(DictionaryPlace.ChunkEntries, count - (chunk * DictionaryPlace.ChunkEntries));
        return words.Slice(chunk * full, WordsOf(entries));
    }
}
