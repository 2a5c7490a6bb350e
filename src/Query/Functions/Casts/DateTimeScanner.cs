namespace Bongsu.Query.Functions.Casts;

/// <summary>
/// Takes free-form time text apart into clock, zone, month name and date numbers; see <see cref="DateTimeText"/> for
/// the rules.
/// </summary>
internal ref struct DateTimeScanner
{
    private static readonly string[] s_months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] s_days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private readonly ReadOnlySpan<char> _text;
    private int _position;
    private bool _hasClock;
    private long _clockTicks;
    private int _hour;
    private long _offsetTicks;
    private int _month;
    private int _dateCount;
    private DateNumber _first;
    private DateNumber _second;
    private DateNumber _third;

    public DateTimeScanner(ReadOnlySpan<char> text)
    {
        _text = text;
    }

    /// <summary>Reads the whole text.</summary>
    public bool TryRead(out long ticks)
    {
        ticks = 0;
        while (_position < _text.Length)
        {
            char next = _text[_position];
            bool isRead = char.IsAsciiDigit(next) ? TryReadNumber()
                : char.IsAsciiLetter(next) ? TryReadWord()
                : TryReadPunctuation(next);
            if (!isRead)
            {
                return false;
            }
        }

        if (!TryDate(out long date))
        {
            return false;
        }

        ticks = date + _clockTicks - _offsetTicks;
        return Ticks.IsDateTime(ticks);
    }

    private bool TryReadPunctuation(char next)
    {
        if (next is '+' or '-' && _hasClock)
        {
            return TryReadOffset(next == '-' ? -1 : 1);
        }

        _position++;
        return next is ' ' or '-' or '/' or ',' or '.' or '\t';
    }

    private bool TryReadNumber()
    {
        DateNumber number = ReadDigits();
        if (_position < _text.Length && _text[_position] == ':' && !_hasClock)
        {
            return TryReadClock(number);
        }

        // 20141108, 20141108T150502
        if (number.Digits == 8 && _dateCount == 0)
        {
            _first = new DateNumber(number.Value / 10000, 4);
            _second = new DateNumber(number.Value / 100 % 100, 2);
            _third = new DateNumber(number.Value % 100, 2);
            _dateCount = 3;
            return true;
        }

        switch (_dateCount++)
        {
            case 0:
                _first = number;
                break;
            case 1:
                _second = number;
                break;
            case 2:
                _third = number;
                break;
            default:
                return false;
        }

        return number.Digits <= 4;
    }

    private bool TryReadClock(DateNumber hour)
    {
        _position++;
        DateNumber minute = ReadDigits();
        DateNumber second = default;
        long fraction = 0;
        if (_position < _text.Length && _text[_position] == ':')
        {
            _position++;
            second = ReadDigits();
            if (second.Digits == 0)
            {
                return false;
            }

            if (_position < _text.Length && _text[_position] is '.' or ',')
            {
                _position++;
                fraction = ReadFraction();
            }
        }

        _hasClock = true;
        _hour = hour.Value;
        _clockTicks = (hour.Value * Ticks.PerHour) + (minute.Value * Ticks.PerMinute) + (second.Value * Ticks.PerSecond) + fraction;
        return hour.Digits <= 2 && minute.Digits is 1 or 2 && hour.Value < 24 && minute.Value < 60 && second.Value < 60;
    }

    private bool TryReadOffset(int sign)
    {
        _position++;
        DateNumber hours = ReadDigits();
        int minutes = 0;
        if (hours.Digits is 3 or 4)
        {
            minutes = hours.Value % 100;
            hours = new DateNumber(hours.Value / 100, 2);
        }
        else if (_position < _text.Length && _text[_position] == ':')
        {
            _position++;
            minutes = ReadDigits().Value;
        }

        _offsetTicks = sign * ((hours.Value * Ticks.PerHour) + (minutes * Ticks.PerMinute));
        return hours.Digits is 1 or 2 && hours.Value < 15 && minutes < 60;
    }

    private bool TryReadWord()
    {
        int start = _position;
        while (_position < _text.Length && char.IsAsciiLetter(_text[_position]))
        {
            _position++;
        }

        string word = _text[start.._position].ToString().ToLowerInvariant();
        int month = word.Length >= 3 ? Array.IndexOf(s_months, word[..3]) : -1;
        if (month >= 0 && _month == 0)
        {
            _month = month + 1;
            return true;
        }

        if (word.Length >= 3 && Array.IndexOf(s_days, word[..3]) >= 0)
        {
            return true;
        }

        return word is "t" && !_hasClock || TryApplyHalfDay(word) || TryApplyZone(word);
    }

    private bool TryApplyHalfDay(string word)
    {
        if (word is not ("am" or "pm") || !_hasClock || _hour is 0 or > 12)
        {
            return false;
        }

        _clockTicks += (word == "pm" ? (_hour == 12 ? 0 : 12) : (_hour == 12 ? -12 : 0)) * Ticks.PerHour;
        return true;
    }

    private bool TryApplyZone(string word)
    {
        // RFC 822, section 5.
        int? hours = word switch
        {
            "z" or "utc" or "gmt" or "ut" => 0,
            "edt" => -4,
            "est" or "cdt" => -5,
            "cst" or "mdt" => -6,
            "mst" or "pdt" => -7,
            "pst" => -8,
            _ => null,
        };
        _offsetTicks = (hours ?? 0) * Ticks.PerHour;
        return hours is not null && _hasClock;
    }

    private readonly bool TryDate(out long ticks)
    {
        (DateNumber year, DateNumber month, DateNumber day) = (_first, _second, _third);
        if (_month > 0)
        {
            month = new DateNumber(_month, 2);
            (year, day) = _dateCount == 1 || _first.Digits > 2 ? (_first, _second) : (_second, _first);
        }
        else if (_first.Digits <= 2)
        {
            year = _third;
            (month, day) = _first.Value > 12 ? (_second, _first) : (_first, _second);
        }

        if (day.Digits == 0)
        {
            day = new DateNumber(1, 1);
        }

        if (month.Digits == 0)
        {
            month = new DateNumber(1, 1);
        }

        int fullYear = year.Digits switch
        {
            4 => year.Value,
            1 or 2 => year.Value + (year.Value < 50 ? 2000 : 1900),
            _ => 0,
        };
        ticks = 0;
        bool isDate = _dateCount + (_month > 0 ? 1 : 0) is >= 1 and <= 3
            && fullYear is >= 1 and <= 9999 && month.Value is >= 1 and <= 12 && day.Digits <= 2
            && day.Value >= 1 && day.Value <= DateTime.DaysInMonth(fullYear, month.Value);
        if (isDate)
        {
            ticks = new DateTime(fullYear, month.Value, day.Value).Ticks;
        }

        return isDate;
    }

    private DateNumber ReadDigits()
    {
        int start = _position;
        int value = 0;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            value = _position - start < 9 ? (value * 10) + _text[_position] - '0' : value;
            _position++;
        }

        return new DateNumber(value, _position - start);
    }

    private long ReadFraction()
    {
        long ticks = 0;
        for (long unit = Ticks.PerSecond / 10; _position < _text.Length && char.IsAsciiDigit(_text[_position]); unit /= 10)
        {
            ticks += (_text[_position++] - '0') * unit;
        }

        return ticks;
    }

    private readonly record struct DateNumber(int Value, int Digits);
}
