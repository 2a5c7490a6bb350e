using System.Text;

namespace Bongsu.Ingest.Files.Times;

/// <summary>A position in a line, with the small readers that the shapes of times are made of. Nothing moves when a
/// reader fails.</summary>
internal ref struct TimeCursor
{
    private readonly ReadOnlySpan<byte> _text;

    public TimeCursor(ReadOnlySpan<byte> text, int at)
    {
        _text = text;
        At = at;
    }

    /// <summary>Where the next reader begins.</summary>
    public int At { get; set; }

    /// <summary>The byte here, 0 at the end.</summary>
    public readonly byte Current => Peek(0);

    /// <summary>The byte at a distance, 0 outside the text.</summary>
    public readonly byte Peek(int distance) => (uint)(At + distance) < (uint)_text.Length ? _text[At + distance] : (byte)0;

    /// <summary>Number of digits from here on, at most 20.</summary>
    public readonly int DigitCount(int distance = 0)
    {
        int count = 0;
        while (count < 20 && IsDigit(Peek(distance + count)))
        {
            count++;
        }

        return count;
    }

    public static bool IsDigit(byte value) => (uint)(value - '0') <= 9;

    public static bool IsLetter(byte value) => (uint)((value | 0x20) - 'a') <= 25;

    /// <summary>Reads a number of <paramref name="min"/> to <paramref name="max"/> digits with no digit behind
    /// it.</summary>
    public bool TryNumber(int min, int max, out int value)
    {
        value = 0;
        int digits = DigitCount();
        if (digits < min || digits > max)
        {
            return false;
        }

        value = FixedNumber(digits);
        return true;
    }

    /// <summary>Reads exactly this many characters, which the caller knows to be digits.</summary>
    public int FixedNumber(int digits)
    {
        int value = 0;
        for (int end = At + digits; At < end; At++)
        {
            value = (value * 10) + (_text[At] - '0');
        }

        return value;
    }

    /// <summary>Passes over one byte.</summary>
    public bool TrySkip(byte expected)
    {
        if (Current != expected)
        {
            return false;
        }

        At++;
        return true;
    }

    /// <summary>Passes over blanks and tabs; false where there are none.</summary>
    public bool SkipBlanks()
    {
        int start = At;
        while (Current is (byte)' ' or (byte)'\t')
        {
            At++;
        }

        return At > start;
    }

    /// <summary>Reads an English month, short or long; 1 to 12.</summary>
    public bool TryMonthName(out int month)
    {
        month = 0;
        int letters = LetterCount();
        if (letters < 3)
        {
            return false;
        }

        for (int index = 0; index < s_months.Length; index++)
        {
            if (MatchesName(s_months[index], letters))
            {
                At += letters;
                month = index + 1;
                return true;
            }
        }

        return false;
    }

    /// <summary>Passes over an English day of the week, short or long, and the comma behind it.</summary>
    public bool TryWeekday()
    {
        int letters = LetterCount();
        foreach (string name in s_weekdays)
        {
            if (letters >= 3 && MatchesName(name, letters))
            {
                At += letters;
                TrySkip((byte)',');
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Reads H:M:S with fraction, or HHMMSS, also with dots (2005-06-03-15.42.50.675872), with AM, PM, 오전 or 오후.
    /// </summary>
    /// <param name="time">Gets hour to nanoseconds.</param>
    /// <param name="allowMinutes">Whether H:M alone will do.</param>
    public bool TryTimeOfDay(ref ScannedTime time, bool allowMinutes)
    {
        int start = At;
        bool? afternoon = TryKoreanHalfDay();
        if (!TryClock(ref time, allowMinutes))
        {
            At = start;
            return false;
        }

        TryFraction(ref time);
        afternoon ??= TryHalfDay();
        if (afternoon is { } late && time.Hour is >= 1 and <= 12)
        {
            time.Hour = (time.Hour % 12) + (late ? 12 : 0);
        }

        return true;
    }

    /// <summary>Reads a zone: Z, an offset, or a name with one meaning; blanks before it allowed.</summary>
    public void TryZone(ref ScannedTime time)
    {
        int start = At;
        if (Current is (byte)'Z' or (byte)'z' && !IsLetter(Peek(1)) && !IsDigit(Peek(1)))
        {
            At++;
            time.HasOffset = true;
            return;
        }

        bool isApart = TrySkip((byte)' ');
        if (Current is (byte)'+' or (byte)'-' && TryNumericZone(ref time, isApart))
        {
            return;
        }

        if (LetterCount() is >= 2 and <= 4 and var letters && TryNamedZone(letters, ref time))
        {
            return;
        }

        At = start;
    }

    private static readonly string[] s_months =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ];

    private static readonly string[] s_weekdays =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    private bool TryClock(ref ScannedTime time, bool allowMinutes)
    {
        int digits = DigitCount();
        if (digits == 6)
        {
            time.Hour = FixedNumber(2);
            time.Minute = FixedNumber(2);
            time.Second = FixedNumber(2);
            return IsClock(time);
        }

        if (digits is not (1 or 2))
        {
            return false;
        }

        byte separator = Peek(digits);
        if (separator is not ((byte)':' or (byte)'.'))
        {
            return false;
        }

        time.Hour = FixedNumber(digits);
        At++;
        if (!TryNumber(1, 2, out time.Minute))
        {
            return false;
        }

        time.Second = 0;
        if (Current != separator || !IsDigit(Peek(1)))
        {
            return allowMinutes && separator == ':' && IsClock(time);
        }

        At++;
        return TryNumber(1, 2, out time.Second) && IsClock(time);
    }

    // A leap second is written :60 (RFC 3339 section 5.6).
    private static bool IsClock(in ScannedTime time) => time.Hour <= 23 && time.Minute <= 59 && time.Second <= 60;

    private void TryFraction(ref ScannedTime time)
    {
        time.Nanoseconds = 0;
        int digits = DigitCount(1);
        if (digits == 0)
        {
            return;
        }

        if (Current is (byte)'.' or (byte)',')
        {
            At++;
            for (int digit = 0; digit < digits; digit++, At++)
            {
                time.Nanoseconds += digit < 9 ? (_text[At] - '0') * s_scale[digit] : 0;
            }

            while (IsDigit(Current))
            {
                At++;
            }
        }
        else if (Current == ':' && digits <= 3)
        {
            // 22:15:29:606, where the last part counts milliseconds and is written without leading zeros by some.
            At++;
            time.Nanoseconds = FixedNumber(digits) * 1_000_000;
        }
    }

    private static readonly int[] s_scale = [100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

    private bool? TryHalfDay()
    {
        int blank = Current == ' ' ? 1 : 0;
        if ((Peek(blank) | 0x20) is 'a' or 'p' && (Peek(blank + 1) | 0x20) == 'm' && !IsLetter(Peek(blank + 2)))
        {
            bool afternoon = (Peek(blank) | 0x20) == 'p';
            At += blank + 2;
            return afternoon;
        }

        return null;
    }

    private bool? TryKoreanHalfDay()
    {
        ReadOnlySpan<byte> rest = _text[Math.Min(At, _text.Length)..];
        bool morning = rest.StartsWith("오전 "u8);
        if (!morning && !rest.StartsWith("오후 "u8))
        {
            return null;
        }

        At += "오전 "u8.Length;
        return !morning;
    }

    private bool TryNumericZone(ref ScannedTime time, bool isApart)
    {
        int sign = Current == '-' ? -1 : 1;
        int digits = DigitCount(1);
        int hours = ((Peek(1) - '0') * 10) + (Peek(2) - '0');
        int minutes;
        int length;
        if (digits == 4)
        {
            minutes = ((Peek(3) - '0') * 10) + (Peek(4) - '0');
            length = 5;
        }
        else if (digits == 2 && Peek(3) == ':' && DigitCount(4) == 2)
        {
            minutes = ((Peek(4) - '0') * 10) + (Peek(5) - '0');
            length = 6;
        }
        else if (digits == 2 && !isApart)
        {
            minutes = 0;
            length = 3;
        }
        else
        {
            return false;
        }

        if (hours > 18 || minutes > 59 || IsLetter(Peek(length)))
        {
            return false;
        }

        At += length;
        time.HasOffset = true;
        time.OffsetMinutes = sign * ((hours * 60) + minutes);
        return true;
    }

    // Only names with one meaning in logs: "IST" and "CST" have several and stay part of the message.
    private bool TryNamedZone(int letters, ref ScannedTime time)
    {
        ReadOnlySpan<byte> name = _text.Slice(At, letters);
        int? hours = letters switch
        {
            _ when name.SequenceEqual("UTC"u8) || name.SequenceEqual("GMT"u8) => 0,
            _ when name.SequenceEqual("KST"u8) || name.SequenceEqual("JST"u8) => 9,
            _ when name.SequenceEqual("CET"u8) || name.SequenceEqual("BST"u8) => 1,
            _ when name.SequenceEqual("CEST"u8) || name.SequenceEqual("EET"u8) => 2,
            _ when name.SequenceEqual("EEST"u8) || name.SequenceEqual("MSK"u8) => 3,
            _ when name.SequenceEqual("EST"u8) || name.SequenceEqual("CDT"u8) => -5,
            _ when name.SequenceEqual("EDT"u8) => -4,
            _ when name.SequenceEqual("MDT"u8) => -6,
            _ when name.SequenceEqual("PDT"u8) || name.SequenceEqual("MST"u8) => -7,
            _ when name.SequenceEqual("PST"u8) => -8,
            _ => null,
        };
        if (hours is not { } offset || IsDigit(Peek(letters)) || Peek(letters) == '_')
        {
            return false;
        }

        At += letters;
        time.HasOffset = true;
        time.OffsetMinutes = offset * 60;
        return true;
    }

    private readonly int LetterCount()
    {
        int count = 0;
        while (count < 10 && IsLetter(Peek(count)))
        {
            count++;
        }

        return count;
    }

    private readonly bool MatchesName(string name, int letters) =>
        (letters == 3 || letters == name.Length || (letters == 4 && name.StartsWith("sept", StringComparison.Ordinal))) &&
        letters <= name.Length && Ascii.EqualsIgnoreCase(_text.Slice(At, letters), name.AsSpan(0, letters));
}
