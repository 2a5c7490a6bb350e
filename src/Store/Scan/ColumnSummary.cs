using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Store.Scan;

/// <summary>What is known of one column of a block without reading its values. All answers are on the safe
/// side.</summary>
public abstract class ColumnSummary
{
    private protected ColumnSummary(ScalarType type)
    {
        Type = type;
    }

    /// <summary>The column's type in the snapshot.</summary>
    public ScalarType Type { get; }

    /// <summary>True where no row has a value (every row null, or the empty string).</summary>
    public virtual bool IsAllNull => false;

    /// <summary>False only where it is known that no row is null (or the empty string).</summary>
    public virtual bool MayHaveNulls => true;

    /// <summary>
    /// Least and greatest value that is not null, of <see cref="Type"/>, where known: for bool, int, long, datetime,
    /// timespan,
    /// real (NaN left out; see <see cref="MayHaveNaN"/>).
    /// </summary>
    public virtual bool TryGetRange(out Scalar min, out Scalar max)
    {
        min = max = default;
        return false;
    }

    /// <summary>False only where it is known that no row is NaN.</summary>
    public virtual bool MayHaveNaN => Type is ScalarType.Real or ScalarType.Dynamic;

    /// <summary>All values of a string column, each once or more, where they are few and cheap to get; else null. May
    /// read from disk.</summary>
    public virtual Utf8Values? Dictionary => null;

    /// <summary>False only where no value is the text, to the letter. May read from disk; where the column has a shared
    /// dictionary it is nearly certain, and quick block after block.</summary>
    public virtual bool MayEqual(ReadOnlySpan<byte> utf8) => MayContainTerms(utf8);

    /// <summary>
    /// False only where no value has the term (a maximal run of letters and digits, any case). A text with other
    /// characters is
    /// split, and all its terms must be there. May read from disk.
    /// </summary>
    public virtual bool MayContainTerms(ReadOnlySpan<byte> utf8) => true;

    /// <summary>
    /// False only where no value contains the text, in any case: by terms that stand whole inside it, ASCII trigrams
    /// and bigrams
    /// of other letters (Hangul). Right for <c>contains</c>, <c>==</c>, <c>startswith</c> and literals of a pattern.
    /// May read from disk.
    /// </summary>
    public virtual bool MayContainText(ReadOnlySpan<byte> utf8) => true;
}
