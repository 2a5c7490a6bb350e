using System.Buffers;
using System.Text;

namespace Bongsu.Ingest.Pipelines.Masking;

/// <summary>Finds mail addresses and tokens in text; numbers are found by <see cref="NumberFinder"/>.</summary>
/// <remarks>Works on UTF-8 bytes, also where text is percent-encoded (<c>%40</c> for <c>@</c>), as in a raw query
/// string.</remarks>
internal static class SecretFinder
{
    private const int MinTokenBytes = 8;

    private static readonly SearchValues<byte> s_local =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-'"u8);

    private static readonly SearchValues<byte> s_domain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-"u8);

    // RFC 6750 section 2.1, and the percent sign of an encoded one.
    private static readonly SearchValues<byte> s_token =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=%"u8);

    private static readonly SearchValues<byte> s_base64Url =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_="u8);

    /// <summary>Whether a text can hold any of the kinds at all. Cheap: asked of whole columns first.</summary>
    public static bool MayContain(ReadOnlySpan<byte> text, SecretKind kinds) =>
        ((kinds & SecretKind.Digits) != 0 && NumberFinder.MayContain(text)) ||
        ((kinds & SecretKind.Email) != 0 && (text.Contains((byte)'@') || text.IndexOf("%40"u8) >= 0)) ||
        ((kinds & SecretKind.Token) != 0 && (text.IndexOf("eyJ"u8) >= 0 || MayContainBearer(text)));

    /// <summary>Finds the first secret of any of the kinds.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="from">Where to begin; what stands before is looked at as neighbourhood only.</param>
    /// <param name="kinds">What to look for.</param>
    /// <param name="start">First byte of the secret.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="kind">What it is.</param>
    public static bool TryFind(ReadOnlySpan<byte> text, int from, SecretKind kinds, out int start, out int length, out SecretKind kind)
    {
        start = int.MaxValue;
        length = 0;
        kind = SecretKind.None;
        if ((kinds & SecretKind.Digits) != 0 && NumberFinder.TryFind(text, from, kinds, out int at, out int bytes, out SecretKind number))
        {
            (start, length, kind) = (at, bytes, number);
        }

        if ((kinds & SecretKind.Email) != 0 && TryEmail(text, from, out at, out bytes) && at < start)
        {
            (start, length, kind) = (at, bytes, SecretKind.Email);
        }

        if ((kinds & SecretKind.Token) != 0 && TryToken(text, from, out at, out bytes) && at <= start)
        {
            (start, length, kind) = (at, bytes, SecretKind.Token);
        }

        return kind != SecretKind.None;
    }

    private static bool TryEmail(ReadOnlySpan<byte> text, int from, out int start, out int length)
    {
        start = 0;
        length = 0;
        for (int search = from; search < text.Length;)
        {
            int plain = text[search..].IndexOf((byte)'@');
            int encoded = text[search..].IndexOf("%40"u8);
            if (plain < 0 && encoded < 0)
            {
                return false;
            }

            bool isPlain = encoded < 0 || (plain >= 0 && plain < encoded);
            int at = search + (isPlain ? plain : encoded);
            int behind = at + (isPlain ? 1 : 3);
            start = from + text[from..at].LastIndexOfAnyExcept(s_local) + 1;
            int domain = text[behind..].IndexOfAnyExcept(s_domain);
            domain = domain < 0 ? text.Length - behind : domain;
            while (domain > 0 && text[behind + domain - 1] is (byte)'.' or (byte)'-')
            {
                domain--;
            }

            if (start < at && IsDomain(text.Slice(behind, domain)))
            {
                length = behind + domain - start;
                return true;
            }

            search = behind;
        }

        return false;
    }

    // A name with a dot, or an address; "a@b" alone is more often a decorator or a revision.
    private static bool IsDomain(ReadOnlySpan<byte> domain)
    {
        int dot = domain.LastIndexOf((byte)'.');
        return dot > 0 && domain.Length - dot > 2 && domain[0] != '.';
    }

    private static bool TryToken(ReadOnlySpan<byte> text, int from, out int start, out int length)
    {
        bool isBearer = TryBearer(text, from, out start, out length);
        bool isJwt = TryJwt(text, from, out int jwtStart, out int jwtLength);
        if (isJwt && (!isBearer || jwtStart < start))
        {
            (start, length) = (jwtStart, jwtLength);
        }

        return isBearer || isJwt;
    }

    private static bool MayContainBearer(ReadOnlySpan<byte> text) => IndexOfBearer(text) >= 0;

    private static int IndexOfBearer(ReadOnlySpan<byte> text)
    {
        for (int search = 0; search < text.Length;)
        {
            int found = text[search..].IndexOfAny((byte)'b', (byte)'B');
            if (found < 0 || search + found + 6 > text.Length)
            {
                return -1;
            }

            int at = search + found;
            if (Ascii.EqualsIgnoreCase(text.Slice(at, 6), "bearer"u8))
            {
                return at;
            }

            search = at + 1;
        }

        return -1;
    }

    private static bool TryBearer(ReadOnlySpan<byte> text, int from, out int start, out int length)
    {
        start = 0;
        length = 0;
        for (int search = from; search < text.Length;)
        {
            int found = IndexOfBearer(text[search..]);
            if (found < 0)
            {
                return false;
            }

            start = search + found + 6;
            int separator = start;
            while (start < text.Length)
            {
                if (text[start] is (byte)' ' or (byte)'+' or (byte)':' or (byte)'=' or (byte)'"' or (byte)'\'' or (byte)'\t')
                {
                    start++;
                }
                else if (text[start..].StartsWith("%20"u8) || text[start..].StartsWith("%3A"u8))
                {
                    start += 3;
                }
                else
                {
                    break;
                }
            }

            int end = text[start..].IndexOfAnyExcept(s_token);
            length = end < 0 ? text.Length - start : end;
            if (start > separator && length >= MinTokenBytes)
            {
                return true;
            }

            search = separator;
        }

        return false;
    }

    // Three parts of base64url; the first begins with {" (RFC 7515 section 3.1). The last is empty in an unsigned one.
    private static bool TryJwt(ReadOnlySpan<byte> text, int from, out int start, out int length)
    {
        start = 0;
        length = 0;
        for (int search = from; search < text.Length;)
        {
            int found = text[search..].IndexOf("eyJ"u8);
            if (found < 0)
            {
                return false;
            }

            start = search + found;
            int at = start;
            int dots = 0;
            while (at < text.Length && (s_base64Url.Contains(text[at]) || (text[at] == '.' && dots < 4)))
            {
                dots += text[at] == '.' ? 1 : 0;
                at++;
            }

            length = at - start;
            if (dots >= 2 && length >= 20)
            {
                return true;
            }

            search = Math.Max(at, start + 3);
        }

        return false;
    }
}
