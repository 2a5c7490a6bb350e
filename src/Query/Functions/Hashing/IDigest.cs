namespace Bongsu.Query.Functions.Hashing;

/// <summary>A digest of at most 32 bytes.</summary>
internal interface IDigest
{
    /// <summary>Writes the digest.</summary>
    /// <returns>Bytes written.</returns>
    static abstract int Compute(ReadOnlySpan<byte> bytes, Span<byte> digest);
}
