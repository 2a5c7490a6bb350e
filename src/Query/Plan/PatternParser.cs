using Bongsu.Core.Vectors;

namespace Bongsu.Query.Plan;

/// <summary>The compiled pattern of a <c>parse</c> operator. Immutable and thread-safe.</summary>
public abstract class PatternParser
{
    /// <summary>Parses all rows.</summary>
    /// <param name="text">The texts.</param>
    /// <param name="matched">Set to 1 for each row that matched; comes in all 0, of the same length.</param>
    /// <returns>One vector per capture, of the types the pattern names; null (empty for string) where a row did not
    /// match.</returns>
    public abstract Vector[] Parse(StringVector text, Bitmap matched);
}
