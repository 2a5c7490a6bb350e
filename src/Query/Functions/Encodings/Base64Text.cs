using System.Buffers;
using System.Buffers.Text;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Base64 with padding, RFC 4648 section 4.</summary>
internal static class Base64Text
{
    /// <summary>Appends bytes encoded.</summary>
    public static void Append(ReadOnlySpan<byte> bytes, StringVectorBuilder output)
    {
        Span<byte> room = output.Reserve(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, room, out _, out int written);
        output.Commit(written);
    }

    /// <summary>Decodes; false where the text is no base64.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, RowScratch scratch, out ReadOnlySpan<byte> bytes)
    {
        Span<byte> room = scratch.Bytes(text.Length + 3);
        bool isDone = Base64.DecodeFromUtf8(text, room, out _, out int written) == OperationStatus.Done;
        bytes = room[..written];
        return isDone;
    }
}
