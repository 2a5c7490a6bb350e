using System.Runtime.InteropServices;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Operators.Grouping;

/// <summary>Key values of 128 bits: decimal and guid.</summary>
internal sealed class WideKeyColumn<T> : KeyColumn
    where T : unmanaged, IEquatable<T>
{
    private readonly ScalarType _type;
    private readonly Dictionary<T, int> _numbers = [];
    private readonly List<T> _values = [];
    private int _nullNumber = -1;

    public WideKeyColumn(ScalarType type)
    {
        _type = type;
    }

    public override int Count => _values.Count;

    public override long SizeBytes => 48L * _values.Capacity;

    public override void Assign(Vector column, Span<int> numbers)
    {
        var typed = (FixedVector<T>)column;
        for (int row = 0; row < numbers.Length; row++)
        {
            if (typed.IsNull(row))
            {
                numbers[row] = _nullNumber >= 0 ? _nullNumber : _nullNumber = Add(default);
                continue;
            }

            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, typed[row], out bool isKnown);
            if (!isKnown)
            {
                number = Add(typed[row]);
            }

            numbers[row] = number;
        }
    }

    public override void Find(Vector column, Span<int> numbers)
    {
        var typed = (FixedVector<T>)column;
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = typed.IsNull(row) ? _nullNumber : _numbers.TryGetValue(typed[row], out int number) ? number : -1;
        }
    }

    public override Vector Values(ReadOnlySpan<int> numbers)
    {
        var values = new FixedVectorBuilder<T>(_type);
        foreach (int number in numbers)
        {
            if (number == _nullNumber)
            {
                values.AppendNull();
            }
            else
            {
                values.Append(_values[number]);
            }
        }

        return values.Build();
    }

    private int Add(T value)
    {
        _values.Add(value);
        return _values.Count - 1;
    }
}
