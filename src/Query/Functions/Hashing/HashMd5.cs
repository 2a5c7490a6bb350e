using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Bongsu.Query.Functions.Hashing;

/// <summary>MD5, RFC 1321: for comparing with what others computed, not for security.</summary>
internal sealed class HashMd5() : DigestFunction<HashMd5.Digest>("hash_md5")
{
    internal readonly struct Digest : IDigest
    {
        [SuppressMessage("Security", "CA5351", Justification = "KQL has it; nothing is protected by it.")]
        public static int Compute(ReadOnlySpan<byte> bytes, Span<byte> digest) => MD5.HashData(bytes, digest);
    }
}
