using System.Buffers;
using System.Text;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Text;

/// <summary>Upper and lower case by code point, without culture.</summary>
internal static class CaseMapping
{
    /// <summary>Appends a text in one case.</summary>
    public static void Append(ReadOnlySpan<byte> text, bool toUpper, StringVectorBuilder output)
    {
        // A code point may grow by one byte at most (ſ and a few more shrink).
        Span<byte> room = output.Reserve((text.Length * 3 / 2) + 4);
        OperationStatus status = toUpper
            ? System.Text.Ascii.ToUpper(text, room, out int written)
            : System.Text.Ascii.ToLower(text, room, out written);
        if (status == OperationStatus.Done)
        {
            output.Commit(written);
            return;
        }

        written = 0;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(text, out Rune rune, out int consumed) == OperationStatus.Done)
            {
                written += (toUpper ? Rune.ToUpperInvariant(rune) : Rune.ToLowerInvariant(rune)).EncodeToUtf8(room[written..]);
            }
            else
            {
                text[..consumed].CopyTo(room[written..]);
                written += consumed;
            }

            text = text[consumed..];
        }

        output.Commit(written);
    }
}
