using System.Buffers;

namespace Bongsu.Ingest.Pipelines.Masking;

/// <summary>Rewrites a value as a whole, whatever it is.</summary>
internal sealed class WholeRewriter : TextRewriter
{
    private readonly Substitute _substitute;

    public WholeRewriter(Substitute substitute)
    {
        _substitute = substitute;
    }

    public override bool MayChange(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty;

    public override bool TryRewrite(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output)
    {
        if (text.IsEmpty)
        {
            return false;
        }

        _substitute.Write(text, SecretKind.None, output);
        return true;
    }

    public override bool IsSecretNumber(ReadOnlySpan<byte> digits) => true;
}
