using System.Text;
using Bongsu.Ingest.Decoding;

namespace Bongsu.Ingest.Pipelines.Parsing;

/// <summary>Makes fields of <c>key=value</c> pairs anywhere in a text; words that are no pairs are passed
/// over.</summary>
internal sealed class KeyValueExtractor : TextExtractor
{
    private readonly byte[] _pair;
    private readonly byte[] _value;

    /// <param name="pair">Stands between pairs.</param>
    /// <param name="value">Stands between key and value.</param>
    public KeyValueExtractor(string pair, string value)
    {
        _pair = Encoding.UTF8.GetBytes(pair);
        _value = Encoding.UTF8.GetBytes(value);
    }

    public override bool TryExtract(ReadOnlySpan<byte> text, BatchBuilder builder, string prefix)
    {
        bool anyPair = false;
        while (!text.IsEmpty)
        {
            if (text.StartsWith(_pair))
            {
                text = text[_pair.Length..];
                continue;
            }

            int separator = text.IndexOf(_value);
            int end = text.IndexOf(_pair);
            if (separator <= 0 || (end >= 0 && end < separator))
            {
                text = end < 0 ? default : text[end..];
                continue;
            }

            ReadOnlySpan<byte> key = text[..separator].Trim(" \t,;([{\"'"u8);
            text = text[(separator + _value.Length)..];
            ReadOnlySpan<byte> value = TakeValue(ref text);
            if (!key.IsEmpty && !value.IsEmpty)
            {
                builder.SetString(builder.Field(prefix + Encoding.UTF8.GetString(key)), value);
                anyPair = true;
            }
        }

        return anyPair;
    }

    private ReadOnlySpan<byte> TakeValue(ref ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text[0] is (byte)'"' or (byte)'\'')
        {
            int close = text[1..].IndexOf(text[0]);
            if (close >= 0)
            {
                ReadOnlySpan<byte> quoted = text.Slice(1, close);
                text = text[(close + 2)..];
                return quoted;
            }
        }

        int end = text.IndexOf(_pair);
        ReadOnlySpan<byte> value = end < 0 ? text : text[..end];
        text = text[value.Length..];
        return value;
    }
}
