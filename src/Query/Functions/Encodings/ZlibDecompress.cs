using System.IO.Compression;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Base64 of zlib back to text; empty where it is not that.</summary>
internal sealed class ZlibDecompress() : RowFunction<StringVectorBuilder, ZlibDecompress.Operation>(
    "zlib_decompress_from_base64_string(text:string) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output) =>
            Compression.Inflate(row, static stream => new ZLibStream(stream, CompressionMode.Decompress), output);
    }
}
