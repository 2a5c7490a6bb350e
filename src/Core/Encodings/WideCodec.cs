using System.Runtime.InteropServices;

namespace Bongsu.Core.Encodings;

/// <summary>Decimals and guids: sixteen bytes each, compressed where that gains.</summary>
/// <remarks>
/// Decimal: the four little-endian integers of <see cref="decimal.GetBits(decimal)"/>. Guid: as <see
/// cref="Guid.TryWriteBytes(Span{byte})"/>.
/// </remarks>
internal static class WideCodec
{
    private const int SizeBytes = 16;
    private const int SignAndScaleMask = unchecked((int)0x80FF0000);
    private const int MaxScale = 28;

    public static BlockEncoding Encode<T>(ReadOnlySpan<T> values, ByteWriter writer)
        where T : unmanaged
    {
        // Bytes, not equality: 1.0 and 1.00 are different decimals to keep.
        ReadOnlySpan<UInt128> patterns = MemoryMarshal.Cast<T, UInt128>(values);
        int count = patterns.IndexOfAnyExcept(patterns[0]) < 0 ? 1 : values.Length;
        byte[] bytes = new byte[count * SizeBytes];
        for (int row = 0; row < count; row++)
        {
            Write(values[row], bytes.AsSpan(row * SizeBytes));
        }

        CompressedBytes.Write(bytes, CompressedBytes.FastLevel, writer);
        return count == 1 ? BlockEncoding.Constant : BlockEncoding.Wide;
    }

    public static void Decode<T>(BlockEncoding encoding, ref ByteReader reader, Span<T> values)
        where T : unmanaged
    {
        if (encoding is not (BlockEncoding.Constant or BlockEncoding.Wide))
        {
            throw new CorruptDataException($"encoding {encoding} for values of {SizeBytes} bytes");
        }

        byte[] bytes = CompressedBytes.Read(ref reader, checked(values.Length * SizeBytes));
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = Read<T>(bytes.AsSpan(row * SizeBytes, SizeBytes));
        }
    }

    private static void Write<T>(T value, Span<byte> bytes)
        where T : unmanaged
    {
        if (value is Guid guid)
        {
            guid.TryWriteBytes(bytes);
            return;
        }

        Span<int> parts = stackalloc int[4];
        decimal.GetBits((decimal)(object)value, parts);
        MemoryMarshal.AsBytes(parts).CopyTo(bytes);
    }

    private static T Read<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged
    {
        if (typeof(T) == typeof(Guid))
        {
            return (T)(object)new Guid(bytes);
        }

        ReadOnlySpan<int> parts = MemoryMarshal.Cast<byte, int>(bytes);
        int flags = parts[3];
        if ((flags & ~SignAndScaleMask) != 0 || ((flags >> 16) & 0xFF) > MaxScale)
        {
            throw new CorruptDataException($"decimal flags 0x{flags:x8}");
        }

        return (T)(object)new decimal(parts);
    }
}
