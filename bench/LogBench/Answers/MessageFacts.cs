namespace Bongsu.LogBench.Answers;

/// <summary>What the queries look for in a message, by plain search of its bytes.</summary>
internal static class MessageFacts
{
    /// <summary>The Korean word that is looked for.</summary>
    public const string KoreanWord = "결제";

    /// <summary>Whether <c>timeout</c> is in it as a whole term: no letter or digit beside it.</summary>
    public static bool HasTimeout(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> term = "timeout"u8;
        for (int at = 0; message[at..].IndexOf(term) is var found and >= 0; at += found + 1)
        {
            int start = at + found;
            int end = start + term.Length;
            if ((start == 0 || !IsTermByte(message[start - 1])) && (end == message.Length || !IsTermByte(message[end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether <c>user=\d+5\b</c> matches somewhere.</summary>
    public static bool MatchesUser(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> head = "user="u8;
        for (int at = 0; message[at..].IndexOf(head) is var found and >= 0;)
        {
            at += found + head.Length;
            int end = at;
            while (end < message.Length && message[end] is >= (byte)'0' and <= (byte)'9')
            {
                end++;
            }

            bool isWordEnd = end == message.Length || !(IsTermByte(message[end]) || message[end] == '_');
            if (end - at >= 2 && message[end - 1] == '5' && isWordEnd)
            {
                return true;
            }
        }

        return false;
    }

    // Bytes of letters beyond ASCII count as letters; the words of other scripts in the data are made of letters only.
    private static bool IsTermByte(byte value) => char.IsAsciiLetterOrDigit((char)value) || value >= 0x80;
}
