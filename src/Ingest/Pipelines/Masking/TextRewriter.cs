using System.Buffers;

namespace Bongsu.Ingest.Pipelines.Masking;

/// <summary>Finds what must not be stored in a text and puts something else in its place. Immutable.</summary>
internal abstract class TextRewriter
{
    /// <summary>Whether anything could be found in the bytes of many values; a quick look that may say yes too
    /// often.</summary>
    public abstract bool MayChange(ReadOnlySpan<byte> bytes);

    /// <summary>Rewrites a text.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="output">Empty; gets the new text where the answer is true.</param>
    /// <returns>Whether anything was found.</returns>
    public abstract bool TryRewrite(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output);

    /// <summary>Whether a number, written without separators, is a secret as a whole.</summary>
    public abstract bool IsSecretNumber(ReadOnlySpan<byte> digits);
}
