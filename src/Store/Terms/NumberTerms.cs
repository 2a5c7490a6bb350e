namespace Bongsu.Store.Terms;

/// <summary>What a filter knows of numbers in templated text without holding each.</summary>
/// <param name="Kinds">Which there are.</param>
/// <param name="HexWidths">Bit w: hexadecimal variables of w digits, each a term of its own.</param>
internal readonly record struct NumberTerms(NumberTermKinds Kinds, int HexWidths)
{
    /// <summary>Hexadecimal variables of so many digits are identifiers: the filter holds each.</summary>
    public const int MinHeldDigits = 8;

    /// <summary>Bits of <see cref="HexWidths"/> that can be set.</summary>
    public const int HexWidthMask = 0x1FFFE;

    public bool Has(NumberTermKinds kind) => (Kinds & kind) != 0;

    /// <summary>Whether a hexadecimal variable may be the term, or hold it.</summary>
    /// <param name="length">Digits of the term.</param>
    /// <param name="isWhole">It is a whole term; else there may be more of it on either side.</param>
    /// <param name="isHeld">The filter may hold the term.</param>
    public bool MayBeHex(int length, bool isWhole, bool isHeld)
    {
        bool isWidth = length < 32 && (HexWidths >> length & 1) != 0;
        bool isWider = !isWhole && length < 31 && HexWidths >> (length + 1) != 0;
        return isWider || (isWidth && (length < MinHeldDigits || isHeld));
    }
}
