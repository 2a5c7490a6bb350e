namespace Bongsu.Query.Operators.Scanning;

/// <summary>How a text is to be in a value.</summary>
internal enum TextTestKind
{
    /// <summary>Anywhere, in any case.</summary>
    Contained,

    /// <summary>All its terms as whole terms, in any case.</summary>
    Terms,

    /// <summary>As the value, to the letter.</summary>
    Equal,
}
