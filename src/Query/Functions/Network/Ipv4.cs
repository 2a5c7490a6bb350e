namespace Bongsu.Query.Functions.Network;

/// <summary>An IPv4 address with a prefix length: <c>10.1.2.3</c> or <c>10.1.0.0/16</c>.</summary>
/// <param name="Address">Big-endian number.</param>
/// <param name="Prefix">0 to 32; 32 where none is written.</param>
internal readonly record struct Ipv4(uint Address, int Prefix)
{
    /// <summary>The address with the bits behind the prefix cleared.</summary>
    public uint Network => Address & Mask(Prefix);

    /// <summary>The mask of a prefix length.</summary>
    public static uint Mask(int prefix) => prefix == 0 ? 0 : uint.MaxValue << (32 - prefix);

    /// <summary>Reads an address of four decimal numbers, perhaps with a prefix.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Ipv4 ip)
    {
        text = text.Trim((byte)' ');
        ip = default;
        int prefix = 32;
        int slash = text.IndexOf((byte)'/');
        if (slash >= 0 && !TryReadNumber(text[(slash + 1)..], 32, out prefix))
        {
            return false;
        }

        text = slash < 0 ? text : text[..slash];
        uint address = 0;
        for (int part = 0; part < 4; part++)
        {
            int dot = text.IndexOf((byte)'.');
            if (dot < 0 != (part == 3) || !TryReadNumber(dot < 0 ? text : text[..dot], 255, out int number))
            {
                return false;
            }

            address = (address << 8) | (uint)number;
            text = text[(dot + 1)..];
        }

        ip = new Ipv4(address, prefix);
        return true;
    }

    /// <summary>Dotted decimal.</summary>
    public static string Format(uint address) => $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";

    private static bool TryReadNumber(ReadOnlySpan<byte> digits, int most, out int number)
    {
        number = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return digits.Length is > 0 and <= 3 && number <= most;
    }
}
