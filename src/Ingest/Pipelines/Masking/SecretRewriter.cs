using System.Buffers;

namespace Bongsu.Ingest.Pipelines.Masking;

/// <summary>Rewrites the built-in kinds of secrets.</summary>
internal sealed class SecretRewriter : TextRewriter
{
    private readonly SecretKind _kinds;
    private readonly Substitute _substitute;

    public SecretRewriter(SecretKind kinds, Substitute substitute)
    {
        _kinds = kinds;
        _substitute = substitute;
    }

    public override bool MayChange(ReadOnlySpan<byte> bytes) => SecretFinder.MayContain(bytes, _kinds);

    public override bool TryRewrite(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output)
    {
        if (!SecretFinder.MayContain(text, _kinds))
        {
            return false;
        }

        int copied = 0;
        while (SecretFinder.TryFind(text, copied, _kinds, out int start, out int length, out SecretKind kind))
        {
            output.Write(text[copied..start]);
            _substitute.Write(text.Slice(start, length), kind, output);
            copied = start + length;
        }

        if (copied == 0)
        {
            return false;
        }

        output.Write(text[copied..]);
        return true;
    }

    public override bool IsSecretNumber(ReadOnlySpan<byte> digits) => NumberFinder.IsSecret(digits, _kinds);
}
