using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bongsu.LogBench.Generation;

/// <summary>A message with slots, written as <c>user={user} took={duration}ms id={hex:16}</c>.</summary>
/// <remarks>
/// Slots are <see cref="SlotKind"/> in lower case, with an argument after a colon; a name of
/// <see cref="Vocabulary.Lists"/> picks a word of it. Pieces between slots are kept as JSON text.
/// </remarks>
internal sealed class MessageTemplate
{
    private readonly byte[][] _pieces;
    private readonly Slot[] _slots;

    /// <summary>Reads the form above.</summary>
    public MessageTemplate(string text)
    {
        string[] parts = text.Split('{', '}');
        _pieces = [.. parts.Where((_, index) => index % 2 == 0).Select(piece => JsonEncodedText.Encode(
            piece, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes.ToArray())];
        _slots = [.. parts.Where((_, index) => index % 2 == 1).Select(Slot.Parse)];
    }

    /// <summary>Writes one message.</summary>
    public void Write(LineWriter output, in RowFacts row, ref Rng rng)
    {
        output.Text(_pieces[0]);
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            WriteSlot(output, _slots[slot], row, ref rng);
            output.Text(_pieces[slot + 1]);
        }
    }

    /// <summary>Writes a path with numbers for <c>{id}</c>.</summary>
    private static void WritePath(LineWriter output, string path, ref Rng rng)
    {
        Span<byte> utf8 = stackalloc byte[64];
        int hole = path.IndexOf("{id}", StringComparison.Ordinal);
        int length = Encoding.UTF8.GetBytes(hole < 0 ? path : path.AsSpan(0, hole), utf8);
        output.Text(utf8[..length]);
        if (hole >= 0)
        {
            output.Number(100_000 + rng.Below(900_000));
            length = Encoding.UTF8.GetBytes(path.AsSpan(hole + 4), utf8);
            output.Text(utf8[..length]);
        }
    }

    private static void WriteSlot(LineWriter output, Slot slot, in RowFacts row, ref Rng rng)
    {
        switch (slot.Kind)
        {
            case SlotKind.Method: output.Text(row.Method); break;
            case SlotKind.Path: WritePath(output, row.Path, ref rng); break;
            case SlotKind.Status: output.Number(row.Status); break;
            case SlotKind.Duration: output.Hundredths((row.DurationHundredths * slot.Argument / 100) + (slot.Argument < 100 ? 1 : 0)); break;
            case SlotKind.User: output.Number(row.User); break;
            case SlotKind.Ip: output.Address(row.Ip); break;
            case SlotKind.Self: output.Text(row.Service); break;
            case SlotKind.Offset: output.Number(88_000_000 + (row.Row / 3)); break;
            case SlotKind.AnyIp: output.Address((uint)rng.Next()); break;
            case SlotKind.Hex: output.Hex(rng.Next(), slot.Argument); break;
            case SlotKind.Below: output.Number(rng.Below(slot.Argument)); break;
            case SlotKind.Amount: output.Hundredths(rng.Below(slot.Argument)); break;
            default: output.Text(slot.Words![rng.Below(slot.Words.Count)]); break;
        }
    }

    private readonly record struct Slot(SlotKind Kind, int Argument, IReadOnlyList<byte[]>? Words)
    {
        public static Slot Parse(string text)
        {
            if (Vocabulary.Lists.TryGetValue(text, out IReadOnlyList<byte[]>? words))
            {
                return new Slot(SlotKind.Pick, 0, words);
            }

            string[] parts = text.Split(':');
            int argument = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 100;
            return new Slot(Enum.Parse<SlotKind>(parts[0], ignoreCase: true), argument, null);
        }
    }
}
