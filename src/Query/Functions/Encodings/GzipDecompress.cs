using System.IO.Compression;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Base64 of gzip back to text; empty where it is not that.</summary>
internal sealed class GzipDecompress() : RowFunction<StringVectorBuilder, GzipDecompress.Operation>(
    "gzip_decompress_from_base64_string(text:string) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output) =>
            Compression.Inflate(row, static stream => new GZipStream(stream, CompressionMode.Decompress), output);
    }
}
