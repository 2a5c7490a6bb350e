using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Bongsu.Query.Functions.Hashing;

/// <summary>SHA-1, RFC 3174: for comparing with what others computed, not for security.</summary>
internal sealed class HashSha1() : DigestFunction<HashSha1.Digest>("hash_sha1")
{
    internal readonly struct Digest : IDigest
    {
        [SuppressMessage("Security", "CA5350", Justification = "KQL has it; nothing is protected by it.")]
        public static int Compute(ReadOnlySpan<byte> bytes, Span<byte> digest) => SHA1.HashData(bytes, digest);
    }
}
