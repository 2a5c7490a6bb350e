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

    public FixedKeyColumn(ScalarType type)
    {
        _type = type;
    }

    public override int Count => _table.Count + (_nullNumber >= 0 ? 1 : 0);

    public override long SizeBytes => _table.SizeBytes;

    public override void Assign(Vector column, Span<int> numbers)
    {
        var typed = (FixedVector<T>)column;
        ReadOnlySpan<T> values = typed.Values;
        if (typed.Validity is not null || _nullNumber >= 0)
        {
            AssignWithNulls(typed, numbers);
            return;
        }

        // Logs come sorted by time: runs of one value are the rule for bins and states.
        long lastBits = 0;
        int lastNumber = -1;
        for (int row = 0; row < values.Length; row++)
        {
            long bits = TBits.ToBits(values[row]);
            if (bits != lastBits || lastNumber < 0)
            {
                lastBits = bits;
                lastNumber = _table.FindOrAdd(bits);
            }

            numbers[row] = lastNumber;
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

    private void AssignWithNulls(FixedVector<T> typed, Span<int> numbers)
    {
        ReadOnlySpan<T> values = typed.Values;
        for (int row = 0; row < values.Length; row++)
        {
            if (!typed.IsNull(row))
            {
                numbers[row] = Shifted(_table.FindOrAdd(TBits.ToBits(values[row])));
                continue;
            }

            if (_nullNumber < 0)
            {
                _nullNumber = _table.Count;
            }

            numbers[row] = _nullNumber;
        }
    }

    private int Shifted(int number) => _nullNumber >= 0 && number >= _nullNumber ? number + 1 : number;
}
