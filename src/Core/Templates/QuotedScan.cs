namespace Bongsu.Core.Templates;

/// <summary>Finds the partner of a quotation mark.</summary>
internal static class QuotedScan
{
    // Whether a quotation is opened is a guess; a far partner is none.
    private const int MaxBytes = 2048;

    private const int MaxMethodBytes = 8;

    /// <summary>Bytes from <paramref name="position"/> to the closing mark; -1 if there is none, or if a request line as
    /// in "GET /path HTTP/1.1" is quoted, which is cut like other text.</summary>
    public static int Measure(ReadOnlySpan<byte> bytes, int position, int end, byte quote)
    {
        ReadOnlySpan<byte> text = bytes[position..Math.Min(end, position + MaxBytes)];
        return IsRequest(text) ? -1 : Measure(text, quote);
    }

    private static bool IsRequest(ReadOnlySpan<byte> text)
    {
        int method = 0;
        while (method < text.Length && method <= MaxMethodBytes && text[method] is >= (byte)'A' and <= (byte)'Z')
        {
            method++;
        }

        return method is >= 3 and <= MaxMethodBytes && text[method..].StartsWith(" /"u8);
    }

    // Up to the next mark that no backslash escapes, on this line.
    private static int Measure(ReadOnlySpan<byte> text, byte quote)
    {
        int position = 0;
        while (text[position..].IndexOfAny(quote, (byte)'\\', (byte)'\n') is >= 0 and var next)
        {
            position += next;
            if (text[position] == quote)
            {
                return position;
            }

            if (text[position] == '\n' || position + 2 > text.Length)
            {
                return -1;
            }

            position += Math.Min(2, text.Length - position);
        }

        return -1;
    }
}
