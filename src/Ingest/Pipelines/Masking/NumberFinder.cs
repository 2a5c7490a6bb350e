namespace Bongsu.Ingest.Pipelines.Masking;

/// <summary>Finds resident registration, telephone and card numbers by their groups of digits.</summary>
/// <remarks>
/// Between groups one separator may stand: a dash, blank or point, also as in a query string (<c>+</c>, <c>%20</c>,
/// <c>%2D</c>). A number
/// with a digit right before or behind it is part of a longer one and left alone.
/// </remarks>
internal static class NumberFinder
{
    private const int MaxGroups = 6;
    private const int MinDigits = 9;

    /// <summary>Whether there are enough digits close together.</summary>
    public static bool MayContain(ReadOnlySpan<byte> text)
    {
        int digits = 0;
        int others = 0;
        foreach (byte value in text)
        {
            if ((uint)(value - '0') <= 9)
            {
                digits++;
                others = 0;
                if (digits >= MinDigits)
                {
                    return true;
                }
            }
            else if (++others > 3)
            {
                digits = 0;
            }
        }

        return false;
    }

    /// <summary>Finds the first number of the kinds.</summary>
    public static bool TryFind(ReadOnlySpan<byte> text, int from, SecretKind kinds, out int start, out int length, out SecretKind kind)
    {
        Span<(int Start, int Length)> groups = stackalloc (int, int)[MaxGroups];
        for (int at = from; at < text.Length;)
        {
            int found = text[at..].IndexOfAnyInRange((byte)'0', (byte)'9');
            if (found < 0)
            {
                break;
            }

            at += found;
            int count = ReadGroups(text, at, groups);
            if (at == 0 || (uint)(text[at - 1] - '0') > 9)
            {
                int end = Match(text, groups[..count], kinds, out kind);
                if (end > 0)
                {
                    start = SignBefore(text, at, from, kind);
                    length = end - start;
                    return true;
                }
            }

            at = groups[0].Start + groups[0].Length;
        }

        (start, length, kind) = (0, 0, SecretKind.None);
        return false;
    }

    /// <summary>Whether a number without any separator is of one of the kinds: for numbers that are not text.</summary>
    public static bool IsSecret(ReadOnlySpan<byte> digits, SecretKind kinds) =>
        TryFind(digits, 0, kinds, out int start, out int length, out _) && start == 0 && length == digits.Length;

    private static int ReadGroups(ReadOnlySpan<byte> text, int at, Span<(int Start, int Length)> groups)
    {
        int count = 0;
        while (count < groups.Length)
        {
            int digits = text[at..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            digits = digits < 0 ? text.Length - at : digits;
            if (digits == 0)
            {
                break;
            }

            groups[count++] = (at, digits);
            at += digits;
            int separator = SeparatorLength(text, at);
            if (separator == 0 || at + separator >= text.Length)
            {
                break;
            }

            at += separator;
        }

        return count;
    }

    private static int SeparatorLength(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length)
        {
            return 0;
        }

        return text[at] switch
        {
            (byte)'-' or (byte)' ' or (byte)'.' or (byte)'+' => 1,
            (byte)')' => at + 1 < text.Length && text[at + 1] is (byte)' ' or (byte)'-' ? 2 : 1,
            (byte)'%' when at + 2 < text.Length && text[at + 1] == '2' && text[at + 2] is (byte)'0' or (byte)'D' or (byte)'d' => 3,
            _ => 0,
        };
    }

    // The end of the longest number that begins with the first group, or 0.
    private static int Match(
        ReadOnlySpan<byte> text, ReadOnlySpan<(int Start, int Length)> groups, SecretKind kinds, out SecretKind kind)
    {
        Span<byte> digits = stackalloc byte[40];
        if ((kinds & SecretKind.Card) != 0 && Card(text, groups, digits) is > 0 and var card)
        {
            kind = SecretKind.Card;
            return card;
        }

        if ((kinds & SecretKind.ResidentNumber) != 0 && ResidentNumber(text, groups, digits) is > 0 and var resident)
        {
            kind = SecretKind.ResidentNumber;
            return resident;
        }

        if ((kinds & SecretKind.Phone) != 0 && Phone(text, groups, digits) is > 0 and var phone)
        {
            kind = SecretKind.Phone;
            return phone;
        }

        kind = SecretKind.None;
        return 0;
    }

    // YYMMDD-SNNNNNN: a day, then 1 to 8 for century and sex, 5 to 8 for foreigners. The check digit is not asked:
    // numbers given out
    // since October 2020 have none.
    private static int ResidentNumber(ReadOnlySpan<byte> text, ReadOnlySpan<(int Start, int Length)> groups, Span<byte> digits)
    {
        int used = groups[0].Length == 13 ? 1 : groups.Length > 1 && groups[0].Length == 6 && groups[1].Length == 7 ? 2 : 0;
        if (used == 0)
        {
            return 0;
        }

        Copy(text, groups[..used], digits);
        int month = ((digits[2] - '0') * 10) + digits[3] - '0';
        int day = ((digits[4] - '0') * 10) + digits[5] - '0';
        bool isNumber = month is >= 1 and <= 12 && day is >= 1 and <= 31 && digits[6] is >= (byte)'1' and <= (byte)'8';
        return isNumber ? groups[used - 1].Start + groups[used - 1].Length : 0;
    }

    private static int Phone(ReadOnlySpan<byte> text, ReadOnlySpan<(int Start, int Length)> groups, Span<byte> digits)
    {
        for (int used = Math.Min(groups.Length, 4); used >= 1; used--)
        {
            int count = Copy(text, groups[..used], digits);
            ReadOnlySpan<byte> number = digits[..count];
            if (count is >= 10 and <= 13 && number.StartsWith("82"u8))
            {
                // The country's code in place of the first zero, which some write all the same.
                number = number[2] == '0' ? number[2..] : WithZero(digits, count);
            }

            // Mobile numbers also without separators; others only with, since any identifier may begin with a zero.
            bool isPhone = IsMobile(number) || (used >= 3 && IsLandline(number, groups[..used]));
            if (isPhone && groups[used - 1].Length >= 4)
            {
                return groups[used - 1].Start + groups[used - 1].Length;
            }
        }

        return 0;
    }

    private static ReadOnlySpan<byte> WithZero(Span<byte> digits, int count)
    {
        digits[1] = (byte)'0';
        return digits[1..count];
    }

    private static bool IsMobile(ReadOnlySpan<byte> number) =>
        number.Length is 10 or 11 && number[0] == '0' && number[1] == '1' && "016789"u8.Contains(number[2]) &&
        (number[2] != '0' || number.Length == 11);

    private static bool IsLandline(ReadOnlySpan<byte> number, ReadOnlySpan<(int Start, int Length)> groups) =>
        number.Length is >= 9 and <= 12 && number[0] == '0' && number[1] is >= (byte)'2' and <= (byte)'8' &&
        groups[^1].Length == 4 && groups[^2].Length is 3 or 4;

    // 4111 1111 1111 1111: 13 to 19 digits in one piece, or in groups of four (American Express: 4, 6, 5), with a right
    // check digit.
    private static int Card(ReadOnlySpan<byte> text, ReadOnlySpan<(int Start, int Length)> groups, Span<byte> digits)
    {
        if (groups[0].Length is >= 13 and <= 19)
        {
            return IsCard(digits[..Copy(text, groups[..1], digits)]) ? groups[0].Start + groups[0].Length : 0;
        }

        if (groups[0].Length != 4)
        {
            return 0;
        }

        for (int used = Math.Min(groups.Length, 5); used >= 3; used--)
        {
            bool isGrouped = true;
            int total = 0;
            for (int group = 0; group < used; group++)
            {
                isGrouped &= groups[group].Length == 4 || group == used - 1 || (used == 3 && groups[group].Length == 6);
                total += groups[group].Length;
            }

            if (isGrouped && total is >= 13 and <= 19 && IsCard(digits[..Copy(text, groups[..used], digits)]))
            {
                return groups[used - 1].Start + groups[used - 1].Length;
            }
        }

        return 0;
    }

    // Beginnings of the networks' numbers (ISO/IEC 7812), 9 for Korean domestic cards; the rest is Luhn's sum.
    private static bool IsCard(ReadOnlySpan<byte> digits)
    {
        int two = ((digits[0] - '0') * 10) + digits[1] - '0';
        bool isIssued = digits.Length switch
        {
            13 => digits[0] == '4',
            14 => two is 30 or 36 or 38 or 39,
            15 => two is 34 or 37,
            16 => digits[0] is (byte)'4' or (byte)'5' or (byte)'6' or (byte)'9' || two is >= 22 and <= 27 or 35,
            // Longer ones are UnionPay's; others of that length are hardly ever cards, and identifiers often are that
            // long.
            _ => two == 62,
        };
        if (!isIssued)
        {
            return false;
        }

        int sum = 0;
        for (int at = 0; at < digits.Length; at++)
        {
            int digit = digits[digits.Length - 1 - at] - '0';
            digit *= (at & 1) == 1 ? 2 : 1;
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10 == 0;
    }

    private static int Copy(ReadOnlySpan<byte> text, ReadOnlySpan<(int Start, int Length)> groups, Span<byte> digits)
    {
        int count = 0;
        foreach ((int start, int length) in groups)
        {
            int room = Math.Min(length, digits.Length - count);
            text.Slice(start, room).CopyTo(digits[count..]);
            count += room;
        }

        return count;
    }

    private static int SignBefore(ReadOnlySpan<byte> text, int at, int from, SecretKind kind) =>
        kind == SecretKind.Phone && at > from && text[at - 1] is (byte)'+' or (byte)'(' ? at - 1 : at;
}
