using System.Text;
using Bongsu.Core.Hashing;

namespace Bongsu.Core.Templates;

/// <summary>What messages of one kind have in common: static pieces with a slot for a variable between each two.
/// Immutable.</summary>
/// <remarks>
/// Its text writes a slot as <c>&lt;*&gt;</c>, which no piece holds, so text and template say the same. Docs:
/// docs/formats/templates.md. After CLP (Rodrigues et al., OSDI 2021) and Drain (He et al., ICWS 2017).
/// </remarks>
public sealed class Template : IEquatable<Template>
{
    private readonly byte[] _text;
    private readonly int[] _starts;

    private Template(byte[] text, int[] starts)
    {
        _text = text;
        _starts = starts;
        Id = IdOf(text);
    }

    /// <summary>How a slot is written in a template's text.</summary>
    public static ReadOnlySpan<byte> SlotText => "<*>"u8;

    /// <summary>The template of text that is all variable.</summary>
    public static Template Any { get; } = Parse(SlotText);

    /// <summary>64-bit hash of <see cref="Text"/>: the same everywhere and for ever.</summary>
    public ulong Id { get; }

    /// <summary>The pieces with <see cref="SlotText"/> between them.</summary>
    public ReadOnlySpan<byte> Text => _text;

    /// <summary>Number of variables of a message.</summary>
    public int SlotCount => _starts.Length - 1;

    /// <summary>Bytes of all pieces.</summary>
    public int PieceBytes => _text.Length - (SlotCount * SlotText.Length);

    /// <summary>Piece 0 to <see cref="SlotCount"/>; piece i comes before slot i. May be empty.</summary>
    public ReadOnlySpan<byte> Piece(int index)
    {
        int end = index == SlotCount ? _text.Length : _starts[index + 1] - SlotText.Length;
        return _text.AsSpan(_starts[index], end - _starts[index]);
    }

    /// <summary>The template that a text writes.</summary>
    public static Template Parse(ReadOnlySpan<byte> text)
    {
        var starts = new List<int> { 0 };
        for (int position = 0; text[position..].IndexOf(SlotText) is >= 0 and var next;)
        {
            position += next + SlotText.Length;
            starts.Add(position);
        }

        return new Template(text.ToArray(), [.. starts]);
    }

    /// <summary>The id of the template with a text.</summary>
    public static ulong IdOf(ReadOnlySpan<byte> text) => ByteHash.Compute(text, seed: 0);

    /// <inheritdoc/>
    public bool Equals(Template? other) => other is not null && Id == other.Id && Text.SequenceEqual(other.Text);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Template);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Id;

    /// <summary>Its text; bytes that are not UTF-8 show as replacement characters.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_text);
}
