using System.IO.Compression;
using Bongsu.Core.Compression;

namespace Bongsu.Ingest.Files;

/// <summary>Opens what lines come from: a file, compressed or not.</summary>
internal static class LogSource
{
    /// <summary>Opens a file; gzip and zstd are recognised by their first bytes, whatever its name.</summary>
    /// <param name="file">The file, at its beginning. Owned by the result.</param>
    /// <param name="isCompressed">Whether it is compressed: then offsets count uncompressed bytes, and it cannot be
    /// followed.</param>
    /// <exception cref="InvalidDataException">It is compressed in a way that cannot be read here.</exception>
    public static Stream Open(FileStream file, out bool isCompressed)
    {
        Span<byte> head = stackalloc byte[6];
        int length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        head = head[..length];
        isCompressed = true;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return new GZipStream(file, CompressionMode.Decompress);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
        {
            return new ZstdReadStream(file);
        }

        string? other = head switch
        {
            _ when head.StartsWith("BZh"u8) => "bzip2",
            _ when head.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) => "xz",
            _ when head.StartsWith((ReadOnlySpan<byte>)[(byte)'P', (byte)'K', 3, 4]) => "zip",
            _ => null,
        };
        if (other is not null)
        {
            file.Dispose();
            throw new InvalidDataException($"{file.Name}: {other} cannot be read; unpack it, for instance into a pipe: … | bongsu ingest -");
        }

        isCompressed = false;
        return file;
    }

    /// <summary>Whether a file begins as gzip, zstd, bzip2 or xz files do; leaves it at its beginning.</summary>
    public static bool IsCompressed(FileStream file)
    {
        Span<byte> head = stackalloc byte[6];
        int length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        head = head[..length];
        return head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) || head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ||
            head.StartsWith("BZh"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]);
    }
}
