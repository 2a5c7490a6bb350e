using System.Buffers;

namespace Bongsu.Ingest.Pipelines.Masking;

/// <summary>What stands in the place of a secret. Immutable.</summary>
internal abstract class Substitute
{
    /// <summary>Writes it.</summary>
    /// <param name="secret">The secret's bytes.</param>
    /// <param name="kind">What it is; none for a whole value or a custom pattern.</param>
    /// <param name="output">Gets valid UTF-8.</param>
    public abstract void Write(ReadOnlySpan<byte> secret, SecretKind kind, ArrayBufferWriter<byte> output);
}
