using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Pipelines.Parsing;

/// <summary>Makes fields of a text. Immutable.</summary>
internal abstract class TextExtractor
{
    /// <summary>Sets the fields of a row that is under construction.</summary>
    /// <param name="text">Valid UTF-8, not empty.</param>
    /// <param name="builder">Gets the fields.</param>
    /// <param name="prefix">Goes before every name.</param>
    /// <returns>False, and nothing set, where the text has not the form.</returns>
    public abstract bool TryExtract(ReadOnlySpan<byte> text, BatchBuilder builder, string prefix);
}
