using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Bongsu.Ingest.Decoding;

/// <summary>Brings bytes that are not UTF-8 to UTF-8: CP949 (EUC-KR and its extension) where they are that, else with
/// U+FFFD.</summary>
public static class KoreanText
{
    // Cannot come out of CP949, so one in the result means the bytes were not CP949; nor do control characters above
    // ASCII
    // and private ones, to which the code page's tables map the bytes that mean nothing.
    private const char Replacement = '\uFFFD';

    private static readonly Encoding s_cp949 = CodePagesEncodingProvider.Instance.GetEncoding(
        949, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))!;

    /// <summary>What was done to a text.</summary>
    public enum Outcome
    {
        /// <summary>It was UTF-8.</summary>
        Unchanged,

        /// <summary>It was CP949.</summary>
        Transcoded,

        /// <summary>It was neither; each maximal wrong sequence is now U+FFFD.</summary>
        Repaired,
    }

    /// <summary>Gives valid UTF-8 for any bytes.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <param name="utf8">The bytes themselves, or a new array.</param>
    public static Outcome ToUtf8(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> utf8)
    {
        utf8 = bytes;
        if (Utf8.IsValid(bytes))
        {
            return Outcome.Unchanged;
        }

        if (!IsDamagedUtf8(bytes) && TryTranscode(bytes, out utf8))
        {
            return Outcome.Transcoded;
        }

        utf8 = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes));
        return Outcome.Repaired;
    }

    /// <summary>Transcodes CP949; false where the bytes are no CP949.</summary>
    internal static bool TryTranscode(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> utf8)
    {
        string text = s_cp949.GetString(bytes);
        if (text.Contains(Replacement) ||
            text.AsSpan().ContainsAnyInRange('\u0080', '\u009F') ||
            text.AsSpan().ContainsAnyInRange('\uE000', '\uF8FF'))
        {
            utf8 = default;
            return false;
        }

        utf8 = Encoding.UTF8.GetBytes(text);
        return true;
    }

    // A torn or overwritten UTF-8 text still holds more good multi-byte sequences than bad bytes; in CP949 it is the
    // other way.
    private static bool IsDamagedUtf8(ReadOnlySpan<byte> bytes)
    {
        int goodBytes = 0;
        int badBytes = 0;
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out _, out int consumed);
            if (status != OperationStatus.Done)
            {
                badBytes += consumed;
            }
            else if (consumed > 1)
            {
                goodBytes += consumed;
            }

            bytes = bytes[consumed..];
        }

        return goodBytes > badBytes;
    }
}
