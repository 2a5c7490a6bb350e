using System.Text;

namespace Bongsu.Query.Functions.Encodings;

/// <summary>Bootstring encoding of Unicode in ASCII: RFC 3492, with the parameters of its section 5.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int TMin = 1;
    private const int TMax = 26;
    private const int InitialBias = 72;
    private const int InitialCode = 128;

    /// <summary>Encodes one label.</summary>
    public static string Encode(string text)
    {
        int[] codes = text.EnumerateRunes().Select(rune => rune.Value).ToArray();
        var output = new StringBuilder();
        foreach (int code in codes.Where(code => code < InitialCode))
        {
            output.Append((char)code);
        }

        int basic = output.Length;
        int handled = basic;
        if (basic > 0)
        {
            output.Append('-');
        }

        (long next, long delta, int bias) = (InitialCode, 0, InitialBias);
        while (handled < codes.Length)
        {
            long least = codes.Where(code => code >= next).Min();
            delta += (least - next) * (handled + 1);
            next = least;
            foreach (int code in codes)
            {
                delta += code < next ? 1 : 0;
                if (code == next)
                {
                    WriteNumber(delta, bias, output);
                    bias = Adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }

            delta++;
            next++;
        }

        return output.ToString();
    }

    /// <summary>Decodes one label; null where it is none.</summary>
    public static string? Decode(string text)
    {
        int hyphen = text.LastIndexOf('-');
        var codes = new List<int>(text[..Math.Max(0, hyphen)].Select(unit => (int)unit));
        if (codes.Exists(code => code >= InitialCode))
        {
            return null;
        }

        (long next, long index, int bias) = (InitialCode, 0, InitialBias);
        for (int position = hyphen + 1; position < text.Length;)
        {
            long start = index;
            if (!TryReadNumber(text, ref position, bias, ref index))
            {
                return null;
            }

            int count = codes.Count + 1;
            bias = Adapt(index - start, count, start == 0);
            next += index / count;
            index %= count;
            if (next > 0x10FFFF || !Rune.IsValid((int)next))
            {
                return null;
            }

            codes.Insert((int)index++, (int)next);
        }

        return string.Concat(codes.Select(code => new Rune(code).ToString()));
    }

    private static bool TryReadNumber(string text, ref int position, int bias, ref long value)
    {
        long weight = 1;
        for (int k = Base; ; k += Base)
        {
            int digit = position < text.Length ? Digit(text[position++]) : -1;
            if (digit < 0)
            {
                return false;
            }

            value += digit * weight;
            if (value > int.MaxValue)
            {
                return false;
            }

            int threshold = Math.Clamp(k - bias, TMin, TMax);
            if (digit < threshold)
            {
                return true;
            }

            weight *= Base - threshold;
            if (weight > int.MaxValue)
            {
                return false;
            }
        }
    }

    private static void WriteNumber(long value, int bias, StringBuilder output)
    {
        for (int k = Base; ; k += Base)
        {
            int threshold = Math.Clamp(k - bias, TMin, TMax);
            if (value < threshold)
            {
                output.Append(Letter((int)value));
                return;
            }

            output.Append(Letter(threshold + (int)((value - threshold) % (Base - threshold))));
            value = (value - threshold) / (Base - threshold);
        }
    }

    private static int Adapt(long delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / 700 : delta / 2;
        delta += delta / count;
        int k = 0;
        for (; delta > (Base - TMin) * TMax / 2; k += Base)
        {
            delta /= Base - TMin;
        }

        return k + (int)((Base - TMin + 1) * delta / (delta + 38));
    }

    private static char Letter(int digit) => (char)(digit < 26 ? 'a' + digit : '0' + digit - 26);

    private static int Digit(char letter) =>
        char.IsAsciiDigit(letter) ? letter - '0' + 26 : char.IsAsciiLetter(letter) ? (letter | 0x20) - 'a' : -1;
}
