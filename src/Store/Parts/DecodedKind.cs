namespace Bongsu.Store.Parts;

/// <summary>What of a column is kept decoded.</summary>
internal enum DecodedKind
{
    /// <summary>Its shared dictionary.</summary>
    Dictionary,

    /// <summary>The filters of that.</summary>
    Filters,

    /// <summary>The values that follow from another column's.</summary>
    References,

    /// <summary>The term filter of one of its blocks.</summary>
    TermFilter,

    /// <summary>The values that one of its blocks lists.</summary>
    Values,

    /// <summary>The templates of one of its blocks.</summary>
    Templates,
}
