using Bongsu.Core.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Bongsu.Server.Hosting;

/// <summary>Compresses answers with Zstandard for clients that accept it (RFC 8878).</summary>
internal sealed class ZstdAnswers : ICompressionProvider
{
    private const int Level = 1;

    /// <inheritdoc/>
    public string EncodingName => "zstd";

    /// <inheritdoc/>
    public bool SupportsFlush => true;

    /// <inheritdoc/>
    public System.IO.Stream CreateStream(System.IO.Stream outputStream) => new ZstdWriteStream(outputStream, Level);
}
