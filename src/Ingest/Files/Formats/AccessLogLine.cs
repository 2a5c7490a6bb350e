using System.Buffers.Text;
using Bongsu.Ingest.Files.Times;

namespace Bongsu.Ingest.Files.Formats;

/// <summary>A web server's access log: common or combined (NCSA, Apache, nginx), with a virtual host before or more
/// behind.</summary>
/// <remarks>The message is the request line; "-" stays as it is written, but for the identity and the size, which are
/// then absent.</remarks>
internal static class AccessLogLine
{
    private const int MaxHeadBytes = 2048;

    /// <summary>Reads the line; false (and the record empty) where it is no access log.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, TimeResolver times, LogRecord record)
    {
        record.Clear();
        ReadOnlySpan<byte> rest = line;
        int bracket = line[..Math.Min(line.Length, MaxHeadBytes)].IndexOf((byte)'[');
        if (bracket < 2 || line[bracket - 1] != ' ' || !TimeCursor.IsDigit(line.Length > bracket + 1 ? line[bracket + 1] : (byte)0) ||
            !TimeScanner.TryScan(line, bracket + 1, out ScannedTime time, out int end) || !time.HasDay ||
            !line[end..].StartsWith("] \""u8))
        {
            return false;
        }

        rest = line[(end + 3)..];
        int quote = RequestEnd(rest);
        if (quote < 0)
        {
            return false;
        }

        if (!TryClient(line[..(bracket - 1)], record))
        {
            record.Clear();
            return false;
        }

        record.Time = times.Resolve(time);
        AddRequest(rest[..quote], record);
        AddAnswer(rest[(quote + 2)..], record);
        return true;
    }

    // The quote that ends the request has a status of three digits behind it; requests may hold quotes themselves.
    private static int RequestEnd(ReadOnlySpan<byte> rest)
    {
        for (int from = 0; from < rest.Length;)
        {
            int found = rest[from..].IndexOf("\" "u8);
            if (found < 0)
            {
                return -1;
            }

            int quote = from + found;
            var cursor = new TimeCursor(rest, quote + 2);
            if ((cursor.DigitCount() == 3 && cursor.Peek(3) is (byte)' ' or 0) || (cursor.Current == '-' && cursor.Peek(1) is (byte)' ' or 0))
            {
                return quote;
            }

            from = quote + 1;
        }

        return -1;
    }

    // CLIENT IDENTITY USER, or with a virtual host first; a user name may hold blanks.
    private static bool TryClient(ReadOnlySpan<byte> head, LogRecord record)
    {
        int first = head.IndexOf((byte)' ');
        if (first <= 0)
        {
            return !head.IsEmpty && AddClient(head, record);
        }

        ReadOnlySpan<byte> token = head[..first];
        ReadOnlySpan<byte> rest = head[(first + 1)..].TrimStart((byte)' ');
        int second = rest.IndexOf((byte)' ');
        if (!LooksLikeAddress(token) && second > 0 && LooksLikeAddress(rest[..second]))
        {
            record.AddText("vhost", token);
            token = rest[..second];
            rest = rest[(second + 1)..];
        }

        AddClient(token, record);
        int blank = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> identity = blank < 0 ? rest : rest[..blank];
        if (blank < 0)
        {
            record.AddText("user", identity);
            return true;
        }

        if (!identity.SequenceEqual("-"u8))
        {
            record.AddText("ident", identity);
        }

        record.AddText("user", rest[(blank + 1)..]);
        return true;
    }

    private static bool AddClient(ReadOnlySpan<byte> client, LogRecord record)
    {
        record.AddText("client_ip", client);
        return true;
    }

    private static bool LooksLikeAddress(ReadOnlySpan<byte> token)
    {
        bool isHex = true;
        int dots = 0;
        int colons = 0;
        foreach (byte value in token)
        {
            dots += value == '.' ? 1 : 0;
            colons += value == ':' ? 1 : 0;
            isHex &= char.IsAsciiHexDigit((char)value) || value is (byte)'.' or (byte)':' or (byte)'%';
        }

        return isHex && (dots == 3 || colons >= 2);
    }

    private static void AddRequest(ReadOnlySpan<byte> request, LogRecord record)
    {
        record.AddText(Fields.FieldConvention.Message, request);
        int blank = request.IndexOf((byte)' ');
        if (blank <= 0 || blank > 32 || !IsToken(request[..blank]))
        {
            return;
        }

        ReadOnlySpan<byte> target = request[(blank + 1)..];
        int protocol = target.LastIndexOf(" HTTP/"u8);
        if (protocol >= 0)
        {
            record.AddText("protocol", target[(protocol + 1)..]);
            target = target[..protocol];
        }

        record.AddText("method", request[..blank]);
        int question = target.IndexOf((byte)'?');
        record.AddText("path", question < 0 ? target : target[..question]);
        if (question >= 0)
        {
            record.AddText("query", target[(question + 1)..]);
        }
    }

    // STATUS SIZE "REFERER" "AGENT" and what a site adds.
    private static void AddAnswer(ReadOnlySpan<byte> rest, LogRecord record)
    {
        if (Utf8Parser.TryParse(rest, out long status, out int consumed))
        {
            record.AddLong("status", status);
        }
        else
        {
            consumed = Math.Min(1, rest.Length);
        }

        rest = rest[consumed..].TrimStart((byte)' ');
        int blank = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> size = blank < 0 ? rest : rest[..blank];
        if (Utf8Parser.TryParse(size, out long bytes, out consumed) && consumed == size.Length)
        {
            record.AddLong("bytes", bytes);
            rest = rest[size.Length..].TrimStart((byte)' ');
        }
        else if (size.SequenceEqual("-"u8))
        {
            rest = rest[1..].TrimStart((byte)' ');
        }

        if (TryQuoted(ref rest, out ReadOnlySpan<byte> referer))
        {
            record.AddText("referer", referer);
            if (TryQuoted(ref rest, out ReadOnlySpan<byte> agent))
            {
                record.AddText("user_agent", agent);
            }
        }

        AddFurther(rest, record);
    }

    // nginx's own "main" format ends in the forwarded address; anything else is kept as one text.
    private static void AddFurther(ReadOnlySpan<byte> rest, LogRecord record)
    {
        if (rest.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<byte> further = rest;
        if (TryQuoted(ref further, out ReadOnlySpan<byte> forwarded) && further.IsEmpty)
        {
            record.AddText("forwarded_for", forwarded);
        }
        else
        {
            record.AddText("extra", rest);
        }
    }

    private static bool TryQuoted(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (rest.IsEmpty || rest[0] != '"')
        {
            return false;
        }

        for (int at = 1; at < rest.Length; at++)
        {
            if (rest[at] == '\\')
            {
                at++;
            }
            else if (rest[at] == '"' && (at + 1 == rest.Length || rest[at + 1] == ' '))
            {
                value = rest[1..at];
                rest = rest[(at + 1)..].TrimStart((byte)' ');
                return true;
            }
        }

        return false;
    }

    // RFC 9110 section 5.6.2, as far as methods use it.
    private static bool IsToken(ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            if (!char.IsAsciiLetter((char)value) && value is not ((byte)'-' or (byte)'_'))
            {
                return false;
            }
        }

        return true;
    }
}
