using Bongsu.Core.Hashing;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Templates;

/// <summary>Makes the column of one slot of the variables of a template's rows. One owner.</summary>
internal sealed class VariableColumnBuilder
{
    // After so many texts it is clear enough whether they repeat.
    private const int Trial = 256;

    private const ulong Seed = 0x5851F42D4C957F2D;

    private int[] _table = new int[256];
    private int[] _firsts = new int[128];
    private ulong[] _hashes = new ulong[128];
    private int[] _codes = [];

    /// <summary>Builds one column.</summary>
    /// <param name="bytes">All messages.</param>
    /// <param name="values">All variables.</param>
    /// <param name="firsts">By row the place of its first variable.</param>
    /// <param name="rows">The template's rows.</param>
    /// <param name="slot">Which variable of each row.</param>
    public VariableColumn Build(
        ReadOnlySpan<byte> bytes,
        ReadOnlySpan<SlotValue> values,
        ReadOnlySpan<int> firsts,
        ReadOnlySpan<int> rows,
        int slot)
    {
        SlotValue first = values[firsts[rows[0]] + slot];
        if (first.Kind != VariableKind.Text)
        {
            long[] numbers = GC.AllocateUninitializedArray<long>(rows.Length);
            int row = 0;
            for (; row < rows.Length; row++)
            {
                ref readonly SlotValue value = ref values[firsts[rows[row]] + slot];
                if (value.Form != first.Form)
                {
                    break;
                }

                numbers[row] = value.Number;
            }

            if (row == rows.Length || TryAgree(bytes, values, firsts, rows, slot, numbers, ref first))
            {
                return VariableColumn.OfNumbers(first.Kind, first.Digits, numbers, rows.Length);
            }
        }

        return VariableColumn.OfTexts(BuildTexts(bytes, values, firsts, rows, slot));
    }

    // Numbers of different forms may still be of one: hexadecimals of which some have decimal digits only.
    private static bool TryAgree(
        ReadOnlySpan<byte> bytes,
        ReadOnlySpan<SlotValue> values,
        ReadOnlySpan<int> firsts,
        ReadOnlySpan<int> rows,
        int slot,
        long[] numbers,
        ref SlotValue form)
    {
        foreach (int row in rows)
        {
            ref readonly SlotValue value = ref values[firsts[row] + slot];
            if (value.Length != form.Length || value.Kind is VariableKind.Text or VariableKind.Decimal or VariableKind.Ipv4)
            {
                return false;
            }
        }

        for (int row = 0; row < rows.Length; row++)
        {
            ref readonly SlotValue value = ref values[firsts[rows[row]] + slot];
            ReadOnlySpan<byte> text = bytes.Slice(value.Start, value.Length);
            if (!VariableText.TryParse(VariableKind.Hex, Math.Min(text.Length, VariableText.MaxHexDigits), text, out numbers[row]))
            {
                return false;
            }
        }

        form = SlotValue.OfNumber(VariableKind.Hex, form.Length, 0, form.Length, 0);
        return true;
    }

    private StringVector BuildTexts(
        ReadOnlySpan<byte> bytes,
        ReadOnlySpan<SlotValue> values,
        ReadOnlySpan<int> firsts,
        ReadOnlySpan<int> rows,
        int slot)
    {
        int distinct = Number(bytes, values, firsts, rows, slot);
        if (distinct > rows.Length / 2)
        {
            return new StringVector(Copy(bytes, values, firsts, rows, slot));
        }

        if (distinct == 1)
        {
            ref readonly SlotValue only = ref values[firsts[rows[0]] + slot];
            return StringVector.Constant(bytes.Slice(only.Start, only.Length), rows.Length);
        }

        Span<int> entries = _firsts.AsSpan(0, distinct);
        Utf8Values dictionary = Copy(bytes, values, firsts, entries, slot);
        return new StringVector(dictionary, _codes.AsSpan(0, rows.Length).ToArray(), rows.Length) { HasDistinctEntries = true };
    }

    // Numbers the distinct texts; more than half the rows if they hardly repeat.
    private int Number(
        ReadOnlySpan<byte> bytes,
        ReadOnlySpan<SlotValue> values,
        ReadOnlySpan<int> firsts,
        ReadOnlySpan<int> rows,
        int slot)
    {
        if (_codes.Length < rows.Length)
        {
            _codes = new int[Math.Max(rows.Length, 2 * _codes.Length)];
        }

        Array.Clear(_table);
        int distinct = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            ref readonly SlotValue value = ref values[firsts[rows[row]] + slot];
            ReadOnlySpan<byte> text = bytes.Slice(value.Start, value.Length);
            ulong hash = ByteHash.Compute(text, Seed);
            int mask = _table.Length - 1;
            int place = (int)hash & mask;
            int code;
            while ((code = _table[place] - 1) >= 0)
            {
                if (_hashes[code] == hash)
                {
                    ref readonly SlotValue known = ref values[firsts[_firsts[code]] + slot];
                    if (text.SequenceEqual(bytes.Slice(known.Start, known.Length)))
                    {
                        break;
                    }
                }

                place = (place + 1) & mask;
            }

            if (code < 0)
            {
                if (row >= Trial && distinct > row / 2)
                {
                    return int.MaxValue;
                }

                code = distinct++;
                Add(hash, rows[row], code, place);
            }

            _codes[row] = code;
        }

        return distinct;
    }

    private void Add(ulong hash, int row, int code, int place)
    {
        if (code == _firsts.Length)
        {
            Array.Resize(ref _firsts, code * 2);
            Array.Resize(ref _hashes, code * 2);
        }

        _firsts[code] = row;
        _hashes[code] = hash;
        _table[place] = code + 1;
        if (code + 1 > _table.Length / 2)
        {
            Grow(code + 1);
        }
    }

    private void Grow(int count)
    {
        _table = new int[_table.Length * 2];
        int mask = _table.Length - 1;
        for (int code = 0; code < count; code++)
        {
            int place = (int)_hashes[code] & mask;
            while (_table[place] != 0)
            {
                place = (place + 1) & mask;
            }

            _table[place] = code + 1;
        }
    }

    private static Utf8Values Copy(
        ReadOnlySpan<byte> bytes,
        ReadOnlySpan<SlotValue> values,
        ReadOnlySpan<int> firsts,
        ReadOnlySpan<int> rows,
        int slot)
    {
        int[] offsets = GC.AllocateUninitializedArray<int>(rows.Length + 1);
        int total = 0;
        offsets[0] = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            total += values[firsts[rows[row]] + slot].Length;
            offsets[row + 1] = total;
        }

        byte[] copied = GC.AllocateUninitializedArray<byte>(total);
        for (int row = 0; row < rows.Length; row++)
        {
            ref readonly SlotValue value = ref values[firsts[rows[row]] + slot];
            bytes.Slice(value.Start, value.Length).CopyTo(copied.AsSpan(offsets[row]));
        }

        return new Utf8Values(offsets, copied, rows.Length);
    }
}
