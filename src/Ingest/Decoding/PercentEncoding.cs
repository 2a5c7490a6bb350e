using System.Text.Unicode;

namespace Bongsu.Ingest.Decoding;

/// <summary>Makes percent-encoded text readable (RFC 3986 section 2.1), for the attribute
/// <c>NAME_decoded</c>.</summary>
internal static class PercentEncoding
{
    /// <summary>Longest value looked at.</summary>
    public const int MaxBytes = 16 << 10;

    /// <summary>What the decoded attribute's name ends in.</summary>
    public const string Suffix = "_decoded";

    private static readonly HashSet<string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        "path", "url", "uri", "request", "query", "query_string", "querystring", "request_uri", "request_url", "request_path",
        "requesturi", "requesturl", "requestpath", "target", "referer", "referrer", "http_referer", "location", "href", "link",
        "args", "params", "full", "original", "keyword", "search", "q", "query_params", "cs-uri-query", "cs-uri-stem",
        "cs_uri_query", "cs_uri_stem", "cs(referer)", "message", "msg", "log", "body",
    };

    private static readonly HashSet<string> s_queryNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "query", "query_string", "querystring", "args", "params", "query_params", "cs-uri-query", "cs_uri_query", "q", "keyword",
    };

    /// <summary>Whether a field of this name usually holds addresses or queries; by the last part of its dot
    /// path.</summary>
    public static bool IsUsualIn(string name) => s_names.Contains(LastPart(name));

    /// <summary>Whether the whole value is a query, so that <c>+</c> is a blank from its beginning.</summary>
    public static bool IsQuery(string name) => s_queryNames.Contains(LastPart(name));

    /// <summary>Decodes a value.</summary>
    /// <param name="value">Valid UTF-8.</param>
    /// <param name="isQuery">Whether <c>+</c> is a blank everywhere, not only behind a question mark.</param>
    /// <param name="nonAsciiOnly">Whether to give up unless an escape stands for a byte above 0x7F.</param>
    /// <param name="decoded">Valid UTF-8; the caller may keep it.</param>
    /// <returns>False where nothing is encoded, or the bytes are neither UTF-8 nor CP949.</returns>
    public static bool TryDecode(
        ReadOnlySpan<byte> value, bool isQuery, bool nonAsciiOnly, out ReadOnlySpan<byte> decoded)
    {
        decoded = default;
        if (value.Length > MaxBytes || !value.Contains((byte)'%'))
        {
            return false;
        }

        byte[] room = new byte[value.Length];
        int length = 0;
        bool anyEscape = false;
        bool anyNonAscii = false;
        bool inQuery = isQuery;
        for (int at = 0; at < value.Length; at++)
        {
            byte current = value[at];
            if (current == '%' && at + 2 < value.Length && HexDigit(value[at + 1]) >= 0 && HexDigit(value[at + 2]) >= 0)
            {
                current = (byte)((HexDigit(value[at + 1]) << 4) | HexDigit(value[at + 2]));
                at += 2;
                anyEscape = true;
                anyNonAscii |= current >= 0x80;
                if (current < 0x20)
                {
                    current = (byte)' ';
                }
            }
            else if (current == '?')
            {
                inQuery = true;
            }
            else if (current == '+' && inQuery)
            {
                current = (byte)' ';
            }

            room[length++] = current;
        }

        if (!anyEscape || (nonAsciiOnly && !anyNonAscii))
        {
            return false;
        }

        decoded = room.AsSpan(0, length);
        return !anyNonAscii || Utf8.IsValid(decoded) || KoreanText.TryTranscode(decoded, out decoded);
    }

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];

    private static int HexDigit(byte value) => value switch
    {
        >= (byte)'0' and <= (byte)'9' => value - '0',
        >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
        _ => -1,
    };
}
