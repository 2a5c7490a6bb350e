using System.Security.Cryptography;

namespace Bongsu.Query.Functions.Hashing;

/// <summary>SHA-256, RFC 6234.</summary>
internal sealed class HashSha256() : DigestFunction<HashSha256.Digest>("hash_sha256")
{
    internal readonly struct Digest : IDigest
    {
        public static int Compute(ReadOnlySpan<byte> bytes, Span<byte> digest) => SHA256.HashData(bytes, digest);
    }
}
