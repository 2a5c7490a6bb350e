namespace Bongsu.Store.Terms;

/// <summary>What a term is made of.</summary>
/// <param name="Length">Code points.</param>
/// <param name="MinCode">Its least code: 10 and less are digits, 16 and less hexadecimal digits.</param>
/// <param name="MaxCode">Its greatest code.</param>
internal readonly record struct TermShape(int Length, int MinCode, int MaxCode)
{
    private const int LastDigit = 10;
    private const int LastHexDigit = 16;

    /// <summary>Digits only.</summary>
    public bool IsDigits => MaxCode <= LastDigit;

    /// <summary>Hexadecimal digits only.</summary>
    public bool IsHex => MaxCode <= LastHexDigit;

    /// <summary>Some digit.</summary>
    public bool HasDigit => MinCode <= LastDigit;

    /// <summary>Some hexadecimal digit.</summary>
    public bool HasHexDigit => MinCode <= LastHexDigit;
}
