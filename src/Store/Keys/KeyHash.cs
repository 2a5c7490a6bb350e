using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Bongsu.Store.Keys;

/// <summary>128 bits that stand for a key of a table: the first half of SHA-256, so that nobody can make two keys
/// collide.</summary>
internal static class KeyHash
{
    /// <summary>A key of a whole batch.</summary>
    public static UInt128 OfBatch(long tableId, string key) => Compute(tableId, 'B', Encoding.UTF8.GetBytes(key));

    /// <summary>A key of a row; 0 for the empty key, which stands for none.</summary>
    public static UInt128 OfRow(long tableId, ReadOnlySpan<byte> key) => key.IsEmpty ? UInt128.Zero : Compute(tableId, 'R', key);

    private static UInt128 Compute(long tableId, char kind, ReadOnlySpan<byte> key)
    {
        const int PrefixBytes = 9;
        Span<byte> stack = stackalloc byte[256];
        Span<byte> input = key.Length + PrefixBytes <= stack.Length ? stack[..(key.Length + PrefixBytes)] : new byte[key.Length + PrefixBytes];
        BinaryPrimitives.WriteInt64LittleEndian(input, tableId);
        input[8] = (byte)kind;
        key.CopyTo(input[PrefixBytes..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
