namespace Bongsu.Core.Automata;

/// <summary>What a pattern may ask of a place between two code points; each with a set.</summary>
public enum PatternAssertion
{
    /// <summary>The text begins here, or a code point of the set stands before.</summary>
    StartOrAfter,

    /// <summary>No code point of the set stands before.</summary>
    NotAfter,

    /// <summary>The text ends here, or a code point of the set follows.</summary>
    EndOrBefore,

    /// <summary>No code point of the set follows.</summary>
    NotBefore,

    /// <summary>Of the two code points exactly one is in the set; the text's ends are not.</summary>
    Boundary,

    /// <summary>Both or none are in the set.</summary>
    NotBoundary,
}
