using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bongsu.Ingest.Decoding;

/// <summary>A text of at most 32 bytes as one vector with zeros behind it: compared and hashed without loops.</summary>
internal readonly struct ShortText
{
    public const int MaxBytes = 32;

    private const ulong First = 0xa0761d6478bd642f;
    private const ulong Second = 0xe7037ed1a0b428db;

    private static readonly Vector256<sbyte> s_places = Vector256<sbyte>.Indices;

    private ShortText(Vector256<byte> bytes, int length)
    {
        Bytes = bytes;
        Length = length;
    }

    public Vector256<byte> Bytes { get; }

    public int Length { get; }

    /// <summary>For the place in a table; never persisted.</summary>
    public uint Hash
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            // Wide multiplications, as in wyhash (Wang Yi, public domain); both halves at once.
            Vector256<ulong> words = Bytes.AsUInt64();
            ulong mixed = Fold(words[0] ^ First, words[1] ^ Second ^ (ulong)Length) +
                Fold(words[2] ^ Second, words[3] ^ First);
            return (uint)(mixed ^ (mixed >> 32));
        }
    }

    /// <summary>The first bytes of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ShortText Of(Vector256<byte> bytes, int length) =>
        new(bytes & Vector256.LessThan(s_places, Vector256.Create((sbyte)length)).AsByte(), length);

    /// <summary>A text of at most <see cref="MaxBytes"/>.</summary>
    public static ShortText Of(ReadOnlySpan<byte> text)
    {
        Span<byte> room = stackalloc byte[MaxBytes];
        room.Clear();
        text.CopyTo(room);
        return new ShortText(Vector256.Create((ReadOnlySpan<byte>)room), text.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}
