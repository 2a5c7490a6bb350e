using System.Runtime.InteropServices;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Operators.Grouping;

/// <summary>Key values of at most 64 bits.</summary>
internal sealed class FixedKeyColumn<T, TBits> : KeyColumn
    where T : unmanaged
    where TBits : IKeyBits<T>
{
    private readonly ScalarType _type;
    private readonly LongTable _table = new();

    // Numbers are the table's, moved up by one from the null's on.
    private int _nullNumber = -1;
    private long[] _bits = [];

    public FixedKeyColumn(ScalarType type)
    {
        _type = type;
    }

    public override int Count => _table.Count + (_nullNumber >= 0 ? 1 : 0);

    public override long SizeBytes => _table.SizeBytes + (8L * _bits.Length);

    public override void Assign(Vector column, Span<int> numbers)
    {
        var typed = (FixedVector<T>)column;
        if (typed.HasNulls)
        {
            AssignWithNulls(typed, numbers);
            return;
        }

        _table.Assign(Bits(typed.Values), numbers);
        if (_nullNumber >= 0)
        {
            for (int row = 0; row < numbers.Length; row++)
            {
                numbers[row] = Shifted(numbers[row]);
            }
        }
    }

    public override void Find(Vector column, Span<int> numbers)
    {
        var typed = (FixedVector<T>)column;
        ReadOnlySpan<T> values = typed.Values;
        for (int row = 0; row < values.Length; row++)
        {
            numbers[row] = typed.IsNull(row) ? _nullNumber : Shifted(_table.Find(TBits.ToBits(values[row])));
        }
    }

    public override Vector Values(ReadOnlySpan<int> numbers)
    {
        T[] values = new T[numbers.Length];
        Bitmap? validity = _nullNumber >= 0 ? Bitmap.AllSet(numbers.Length) : null;
        ReadOnlySpan<long> keys = _table.Keys;
        for (int row = 0; row < numbers.Length; row++)
        {
            int number = numbers[row];
            if (number == _nullNumber)
            {
                validity![row] = false;
                continue;
            }

            values[row] = TBits.FromBits(keys[_nullNumber >= 0 && number > _nullNumber ? number - 1 : number]);
        }

        return new FixedVector<T>(_type, values, numbers.Length, validity);
    }

    public override void Release() => _table.Release();

    // The first null of all gets the number that is next when it comes; later ones are looked up as their neighbour
    // and get theirs afterwards.
    private void AssignWithNulls(FixedVector<T> typed, Span<int> numbers)
    {
        Span<long> bits = Scratch(typed.Values);
        int done = 0;
        if (_nullNumber < 0)
        {
            while (done < bits.Length && !typed.IsNull(done))
            {
                done++;
            }

            _table.Assign(bits[..done], numbers);
            if (done == bits.Length)
            {
                return;
            }

            _nullNumber = _table.Count;
        }

        int first = done;
        while (first < bits.Length && typed.IsNull(first))
        {
            first++;
        }

        if (first < bits.Length)
        {
            long last = bits[first];
            for (int row = done; row < bits.Length; row++)
            {
                bits[row] = last = typed.IsNull(row) ? last : bits[row];
            }

            _table.Assign(bits[done..], numbers[done..]);
        }

        for (int row = done; row < numbers.Length; row++)
        {
            numbers[row] = typed.IsNull(row) ? _nullNumber : Shifted(numbers[row]);
        }
    }

    private ReadOnlySpan<long> Bits(ReadOnlySpan<T> values) =>
        typeof(T) == typeof(long) ? MemoryMarshal.Cast<T, long>(values) : Scratch(values);

    private Span<long> Scratch(ReadOnlySpan<T> values)
    {
        if (_bits.Length < values.Length)
        {
            _bits = new long[values.Length];
        }

        for (int row = 0; row < values.Length; row++)
        {
            _bits[row] = TBits.ToBits(values[row]);
        }

        return _bits.AsSpan(0, values.Length);
    }

    private int Shifted(int number) => _nullNumber >= 0 && number >= _nullNumber ? number + 1 : number;
}
