using System.Buffers.Binary;
using Bongsu.Core.Hashing;
using Bongsu.Core.Vectors;

namespace Bongsu.Core.Templates;

/// <summary>Gathers the variables of one slot while a batch is cut, and makes their column. Used again for the next
/// batch; one owner.</summary>
/// <remarks>Texts are numbered at once, while their bytes are at hand: later they would have to be fetched again.</remarks>
internal sealed class SlotColumn
{
    // After so many texts it is clear enough whether they repeat.
    private const int Trial = 256;

    // Only the ends of a text are hashed: past so many steps texts are alike there, and are taken as not repeating.
    private const int MaxSteps = 64;

    private const int GivenUp = int.MaxValue;
    private const int MaxForms = 4;

    // Where texts did not repeat, they are not compared for so many batches.
    private const int Rest = 7;

    // Shorter texts are their own hash.
    private const int KeyBytes = 7;

    private SlotValue[] _values = [];
    private int[] _codes = [];
    private int[] _table = [];
    private int[] _firsts = [];
    private ulong[] _hashes = [];
    private int _form;
    private int _distinct;
    private bool _isMixed;
    private int _rest;

    /// <summary>Makes room.</summary>
    public void Grow(int capacity)
    {
        Array.Resize(ref _values, capacity);
        if (_codes.Length > 0)
        {
            Array.Resize(ref _codes, capacity);
        }
    }

    /// <summary>Adds the variable of the next row; there must be room.</summary>
    /// <param name="index">Number of rows before it.</param>
    /// <param name="value">The variable.</param>
    /// <param name="bytes">All messages.</param>
    public void Add(int index, in SlotValue value, ReadOnlySpan<byte> bytes)
    {
        _values[index] = value;
        if (index == 0)
        {
            _form = value.Form;
            _isMixed = false;
            Begin();
        }

        if (value.Form != _form)
        {
            _isMixed = true;
        }
        else if (value.Kind == VariableKind.Text && _distinct != GivenUp && !_isMixed)
        {
            Number(index, bytes);
        }
    }

    /// <summary>The column of the first so many variables.</summary>
    public VariableColumn Build(int count, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<SlotValue> values = _values.AsSpan(0, count);
        SlotValue form = values[0];
        if (_isMixed ? TryAgree(values, bytes, out long[]? numbers, ref form) : TryTake(values, out numbers))
        {
            return VariableColumn.OfNumbers(form.Kind, form.Digits, numbers!, count);
        }

        if (_isMixed)
        {
            Begin();
            for (int index = 0; index < count && _distinct != GivenUp; index++)
            {
                Number(index, bytes);
            }
        }

        return VariableColumn.OfTexts(BuildTexts(values, bytes));
    }

    private void Begin()
    {
        bool rests = _distinct == GivenUp && _rest++ < Rest;
        _rest = rests ? _rest : 0;
        _distinct = rests ? GivenUp : 0;
        Array.Clear(_table);
    }

    private static bool TryTake(ReadOnlySpan<SlotValue> values, out long[]? numbers)
    {
        numbers = null;
        if (values[0].Kind == VariableKind.Text)
        {
            return false;
        }

        numbers = GC.AllocateUninitializedArray<long>(values.Length);
        for (int index = 0; index < numbers.Length; index++)
        {
            numbers[index] = values[index].Number;
        }

        return true;
    }

    // Numbers of different forms may still be of one: hexadecimals of which some have decimal digits only, padded numbers
    // that need no zero, times.
    private static bool TryAgree(ReadOnlySpan<SlotValue> values, ReadOnlySpan<byte> bytes, out long[]? numbers, ref SlotValue form)
    {
        numbers = null;
        Span<int> tried = stackalloc int[MaxForms];
        int forms = 0;
        foreach (ref readonly SlotValue value in values)
        {
            if (value.Kind == VariableKind.Text)
            {
                return false;
            }

            if (value.Kind == VariableKind.Integer || tried[..forms].Contains(value.Form))
            {
                continue;
            }

            if (forms == MaxForms)
            {
                return false;
            }

            tried[forms++] = value.Form;
            if (TryParseAll(values, bytes, value.Kind, value.Digits, out numbers))
            {
                form = value;
                return true;
            }
        }

        return false;
    }

    private static bool TryParseAll(
        ReadOnlySpan<SlotValue> values,
        ReadOnlySpan<byte> bytes,
        VariableKind kind,
        int digits,
        out long[]? numbers)
    {
        numbers = GC.AllocateUninitializedArray<long>(values.Length);
        for (int index = 0; index < numbers.Length; index++)
        {
            if (!VariableText.TryParse(kind, digits, TextOf(values[index], bytes), out numbers[index]))
            {
                return false;
            }
        }

        return true;
    }

    private StringVector BuildTexts(ReadOnlySpan<SlotValue> values, ReadOnlySpan<byte> bytes)
    {
        if (_distinct == 1)
        {
            return StringVector.Constant(TextOf(values[0], bytes), values.Length);
        }

        bool repeats = _distinct <= values.Length / 2;
        int[] offsets = GC.AllocateUninitializedArray<int>((repeats ? _distinct : values.Length) + 1);
        int total = 0;
        offsets[0] = 0;
        for (int entry = 0; entry < offsets.Length - 1; entry++)
        {
            total += values[repeats ? _firsts[entry] : entry].Length;
            offsets[entry + 1] = total;
        }

        byte[] copied = GC.AllocateUninitializedArray<byte>(total);
        for (int entry = 0; entry < offsets.Length - 1; entry++)
        {
            TextOf(values[repeats ? _firsts[entry] : entry], bytes).CopyTo(copied.AsSpan(offsets[entry]));
        }

        var entries = new Utf8Values(offsets, copied, offsets.Length - 1);
        return repeats
            ? new StringVector(entries, _codes.AsSpan(0, values.Length).ToArray(), values.Length) { HasDistinctEntries = true }
            : new StringVector(entries);
    }

    // Finds the text among those before it.
    private void Number(int index, ReadOnlySpan<byte> bytes)
    {
        if (_codes.Length == 0)
        {
            _codes = new int[_values.Length];
            _table = new int[64];
            _firsts = new int[32];
            _hashes = new ulong[32];
        }

        ReadOnlySpan<byte> text = TextOf(_values[index], bytes);
        ulong hash = HashOf(_values[index], bytes);
        int mask = _table.Length - 1;
        int place = PlaceOf(hash) & mask;
        for (int step = 0; _table[place] - 1 is >= 0 and var code; step++)
        {
            if (_hashes[code] == hash && (text.Length <= KeyBytes || text.SequenceEqual(TextOf(_values[_firsts[code]], bytes))))
            {
                _codes[index] = code;
                return;
            }

            if (step == MaxSteps)
            {
                _distinct = GivenUp;
                return;
            }

            place = (place + 1) & mask;
        }

        if (index >= Trial && _distinct > index / 2)
        {
            _distinct = GivenUp;
            return;
        }

        _codes[index] = _distinct;
        Add(hash, index, place);
    }

    private void Add(ulong hash, int index, int place)
    {
        if (_distinct == _firsts.Length)
        {
            Array.Resize(ref _firsts, _distinct * 2);
            Array.Resize(ref _hashes, _distinct * 2);
        }

        _firsts[_distinct] = index;
        _hashes[_distinct] = hash;
        _table[place] = ++_distinct;
        if (_distinct <= _table.Length / 2)
        {
            return;
        }

        _table = new int[_table.Length * 2];
        int mask = _table.Length - 1;
        for (int code = 0; code < _distinct; code++)
        {
            int free = PlaceOf(_hashes[code]) & mask;
            while (_table[free] != 0)
            {
                free = (free + 1) & mask;
            }

            _table[free] = code + 1;
        }
    }

    // A short text and its length; else a hash that no short text has.
    private static ulong HashOf(in SlotValue value, ReadOnlySpan<byte> bytes)
    {
        int length = value.Length;
        if (length > KeyBytes)
        {
            return ByteHash.ComputeEnds(TextOf(value, bytes)) | (0xFFUL << 56);
        }

        if (value.Start <= bytes.Length - sizeof(ulong))
        {
            ulong text = BinaryPrimitives.ReadUInt64LittleEndian(bytes[value.Start..]);
            return (text & ((1UL << (8 * length)) - 1)) | ((ulong)length << 56);
        }

        ulong key = 0;
        for (int index = length - 1; index >= 0; index--)
        {
            key = (key << 8) | bytes[value.Start + index];
        }

        return key | ((ulong)length << 56);
    }

    private static int PlaceOf(ulong hash) => (int)((hash * 0x9E3779B97F4A7C15) >> 40);

    private static ReadOnlySpan<byte> TextOf(in SlotValue value, ReadOnlySpan<byte> bytes) => bytes.Slice(value.Start, value.Length);
}
