namespace Bongsu.Store.Terms;

/// <summary>Numbers that a filter does not hold one by one. Persisted.</summary>
[Flags]
internal enum NumberTermKinds : byte
{
    /// <summary>All terms are held.</summary>
    None = 0,

    /// <summary>Terms that are digits only.</summary>
    Digits = 1,

    /// <summary>Digits that letters stand beside, as in "12ms": part of a term.</summary>
    JoinedDigits = 2,

    /// <summary>Hexadecimal digits that others stand beside.</summary>
    JoinedHex = 4,
}
