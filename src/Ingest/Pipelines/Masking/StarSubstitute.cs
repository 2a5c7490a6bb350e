using System.Buffers;
using System.Text;

namespace Bongsu.Ingest.Pipelines.Masking;

/// <summary>Stars: one for each digit of a number, so its form stays readable; three for anything else, so its length
/// does not show.</summary>
internal sealed class StarSubstitute : Substitute
{
    private readonly int _keepLast;
    private readonly byte[]? _replacement;

    /// <param name="keepLast">Digits, or characters, left readable at the end; never more than half of them.</param>
    /// <param name="replacement">A text to put in instead of stars, or null.</param>
    public StarSubstitute(int keepLast, string? replacement)
    {
        _keepLast = keepLast;
        _replacement = replacement is null ? null : Encoding.UTF8.GetBytes(replacement);
    }

    public override void Write(ReadOnlySpan<byte> secret, SecretKind kind, ArrayBufferWriter<byte> output)
    {
        if (_replacement is not null)
        {
            output.Write(_replacement);
        }
        else if ((kind & SecretKind.Digits) != 0)
        {
            WriteDigits(secret, output);
        }
        else
        {
            output.Write("***"u8);
            output.Write(secret[TailStart(secret)..]);
        }
    }

    private void WriteDigits(ReadOnlySpan<byte> secret, ArrayBufferWriter<byte> output)
    {
        int digits = 0;
        for (int at = 0; at < secret.Length; at++)
        {
            digits += IsDigit(secret, at) ? 1 : 0;
        }

        int hidden = digits - Math.Min(_keepLast, digits / 2);
        Span<byte> room = output.GetSpan(secret.Length);
        for (int at = 0; at < secret.Length; at++)
        {
            room[at] = IsDigit(secret, at) && hidden-- > 0 ? (byte)'*' : secret[at];
        }

        output.Advance(secret.Length);
    }

    // The two of "%20" is no digit of the number.
    private static bool IsDigit(ReadOnlySpan<byte> secret, int at) =>
        (uint)(secret[at] - '0') <= 9 && !(at >= 1 && secret[at - 1] == '%') && !(at >= 2 && secret[at - 2] == '%');

    private int TailStart(ReadOnlySpan<byte> secret)
    {
        int characters = Encoding.UTF8.GetCharCount(secret);
        int start = secret.Length;
        for (int kept = Math.Min(_keepLast, characters / 2); kept > 0 && start > 0; kept--)
        {
            do
            {
                start--;
            }
            while (start > 0 && (secret[start] & 0xC0) == 0x80);
        }

        return start;
    }
}
