namespace Bongsu.Core.Templates;

/// <summary>How the variables of one slot are kept. The numbers are persisted and frozen.</summary>
public enum VariableKind : byte
{
    /// <summary>As text.</summary>
    Text = 0,

    /// <summary>Decimal integers of 64 bits, written the shortest way: no plus, no leading zero, no "-0".</summary>
    Integer = 1,

    /// <summary>Decimals with one number of fraction digits (1 to 9), as integers scaled by it; otherwise as
    /// <see cref="Integer"/>.</summary>
    Decimal = 2,

    /// <summary>One number of lower-case hexadecimal digits, 1 to 16.</summary>
    Hex = 3,

    /// <summary>IPv4 addresses in dotted decimal without leading zeros; the first octet is the highest byte.</summary>
    Ipv4 = 4,

    /// <summary>Times of day of one form (<see cref="TimeText"/>), as the number of their smallest units.</summary>
    Time = 5,

    /// <summary>Decimal digits, 2 to 18, always as many, with leading zeros.</summary>
    Padded = 6,
}
