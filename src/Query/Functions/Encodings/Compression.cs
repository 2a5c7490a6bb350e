using System.Text.Unicode;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Compressed text as base64, and back; bounded in what it inflates to.</summary>
internal static class Compression
{
    /// <summary>Most bytes a value may inflate to; beyond it the result is empty, so that a bomb costs no
    /// memory.</summary>
    private const int MaxInflatedBytes = 16 << 20;

    public static void Deflate(ReadOnlySpan<byte> text, Func<Stream, Stream> open, StringVectorBuilder output)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = open(compressed))
        {
            stream.Write(text);
        }

        Base64Text.Append(compressed.GetBuffer().AsSpan(0, (int)compressed.Length), output);
    }

    public static void Inflate(in Row row, Func<Stream, Stream> open, StringVectorBuilder output)
    {
        if (!Base64Text.TryDecode(row.Text(0), row.Scratch, out ReadOnlySpan<byte> bytes))
        {
            output.AppendNull();
            return;
        }

        using var inflated = new MemoryStream();
        try
        {
            using Stream stream = open(new MemoryStream(bytes.ToArray()));
            byte[] chunk = new byte[8192];
            for (int read; (read = stream.Read(chunk)) > 0 && inflated.Length <= MaxInflatedBytes;)
            {
                inflated.Write(chunk, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            // Documented: what cannot be inflated is the empty string.
            inflated.SetLength(0);
        }

        ReadOnlySpan<byte> text = inflated.GetBuffer().AsSpan(0, (int)inflated.Length);
        output.Append(text.Length <= MaxInflatedBytes && Utf8.IsValid(text) ? text : default);
    }
}
