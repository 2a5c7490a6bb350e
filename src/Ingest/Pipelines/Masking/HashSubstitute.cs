using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Bongsu.Ingest.Pipelines.Masking;

/// <summary>HMAC-SHA-256 with a key (RFC 2104), 128 bits of it in hex: the same value gives the same text, and cannot
/// be had back.</summary>
internal sealed class HashSubstitute : Substitute
{
    /// <summary>Fewer bytes could be tried out.</summary>
    public const int MinKeyBytes = 16;

    private const int KeptBytes = 16;

    private readonly byte[] _key;

    public HashSubstitute(byte[] key)
    {
        _key = key;
    }

    public override void Write(ReadOnlySpan<byte> secret, SecretKind kind, ArrayBufferWriter<byte> output)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, secret, hash);
        Span<char> hex = stackalloc char[KeptBytes * 2];
        Convert.TryToHexStringLower(hash[..KeptBytes], hex, out int length);
        output.Advance(Encoding.ASCII.GetBytes(hex[..length], output.GetSpan(length)));
    }
}
