using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Bongsu.Ingest.Pipelines.Masking;

/// <summary>Rewrites what a regular expression matches; where it has groups, only what the first one holds.</summary>
internal sealed class PatternRewriter : TextRewriter
{
    private readonly Regex _regex;
    private readonly Substitute _substitute;
    private readonly int _group;

    public PatternRewriter(Regex regex, Substitute substitute)
    {
        _regex = regex;
        _substitute = substitute;
        _group = regex.GetGroupNumbers().Length > 1 ? regex.GetGroupNumbers()[1] : 0;
    }

    public override bool MayChange(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty;

    public override bool TryRewrite(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> output)
    {
        string characters = Encoding.UTF8.GetString(text);
        if (!_regex.IsMatch(characters))
        {
            return false;
        }

        int copied = 0;
        bool isChanged = false;
        for (Match match = _regex.Match(characters); match.Success; match = match.NextMatch())
        {
            Group group = match.Groups[_group];
            if (!group.Success || group.Length == 0 || group.Index < copied)
            {
                continue;
            }

            Write(characters.AsSpan(copied, group.Index - copied), output);
            _substitute.Write(Encoding.UTF8.GetBytes(group.Value), SecretKind.None, output);
            copied = group.Index + group.Length;
            isChanged = true;
        }

        Write(characters.AsSpan(copied), output);
        return isChanged;
    }

    public override bool IsSecretNumber(ReadOnlySpan<byte> digits)
    {
        Match match = _regex.Match(Encoding.ASCII.GetString(digits));
        return match.Success && match.Groups[_group].Length > 0;
    }

    private static void Write(ReadOnlySpan<char> characters, ArrayBufferWriter<byte> output)
    {
        Span<byte> room = output.GetSpan(Encoding.UTF8.GetMaxByteCount(characters.Length));
        output.Advance(Encoding.UTF8.GetBytes(characters, room));
    }
}
