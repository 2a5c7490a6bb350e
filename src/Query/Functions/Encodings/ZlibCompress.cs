using System.IO.Compression;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>A text compressed by zlib, as base64.</summary>
internal sealed class ZlibCompress() : RowFunction<StringVectorBuilder, ZlibCompress.Operation>(
    "zlib_compress_to_base64_string(text:string) -> string")
{
    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output) =>
            Compression.Deflate(row.Text(0), static stream => new ZLibStream(stream, CompressionLevel.Optimal, leaveOpen: true), output);
    }
}
