using System.Buffers.Binary;
using System.Text;
using Bongsu.Core.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Hashing;

/// <summary>The bytes of a value that are hashed: UTF-8 of text, little-endian numbers, ticks of times, text of
/// dynamics.</summary>
internal static class HashInput
{
    /// <summary>The bytes; empty for null. Valid until the scratch memory is used again.</summary>
    public static ReadOnlySpan<byte> Of(in Row row, int argument)
    {
        Vector vector = row[argument];
        if (vector is StringVector text)
        {
            return text[row.Index];
        }

        if (vector.IsNull(row.Index))
        {
            return default;
        }

        Span<byte> room = row.Scratch.Bytes(16);
        switch (vector)
        {
            case FixedVector<bool> values:
                room[0] = values[row.Index] ? (byte)1 : (byte)0;
                return room[..1];
            case FixedVector<int> values:
                BinaryPrimitives.WriteInt32LittleEndian(room, values[row.Index]);
                return room[..4];
            case FixedVector<long> values:
                BinaryPrimitives.WriteInt64LittleEndian(room, values[row.Index]);
                return room[..8];
            case FixedVector<double> values:
                BinaryPrimitives.WriteDoubleLittleEndian(room, values[row.Index]);
                return room[..8];
            case FixedVector<Guid> values:
                values[row.Index].TryWriteBytes(room);
                return room[..16];
            default:
                return Encoding.UTF8.GetBytes(ScalarText.Format(vector.GetScalar(row.Index)));
        }
    }

    /// <summary>The hash as KQL's <c>hash()</c> gives it.</summary>
    public static long Hash(in Row row, int argument) => unchecked((long)XxHash64.Hash(Of(row, argument)));

    /// <summary>Folds another hash into one.</summary>
    /// <remarks>
    /// Not documented; this mixes the second into the first as boost::hash_combine does, with a 64-bit constant.
    /// </remarks>
    public static long Combine(long seed, long hash)
    {
        unchecked
        {
            ulong mixed = (ulong)hash + 0x9E3779B97F4A7C15 + ((ulong)seed << 6) + ((ulong)seed >> 2);
            return (long)((ulong)seed ^ mixed);
        }
    }
}
