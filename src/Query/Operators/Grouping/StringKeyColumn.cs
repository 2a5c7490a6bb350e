using Bongsu.Core.Vectors;

namespace Bongsu.Query.Operators.Grouping;

/// <summary>
/// Key values that are strings; of dictionary-coded columns each entry that occurs is looked up once.
/// </summary>
internal sealed class StringKeyColumn : KeyColumn
{
    private readonly BytesTable _table = new();

    // Numbers by code of the dictionary seen last: blocks of one part often share it.
    private Utf8Values? _dictionary;
    private int[] _numberByCode = [];

    public override int Count => _table.Count;

    public override long SizeBytes => _table.SizeBytes + (4L * _numberByCode.Length);

    public override void Assign(Vector column, Span<int> numbers)
    {
        var typed = (StringVector)column;
        if (!typed.IsDictionary)
        {
            Utf8Values values = typed.Values;
            for (int row = 0; row < numbers.Length; row++)
            {
                numbers[row] = _table.FindOrAdd(values[row]);
            }

            return;
        }

        Prepare(typed.Values);
        int[] numberByCode = _numberByCode;
        ReadOnlySpan<int> codes = typed.Codes;
        for (int row = 0; row < codes.Length; row++)
        {
            int code = codes[row];
            int number = numberByCode[code];
            if (number < 0)
            {
                number = _table.FindOrAdd(typed.Values[code]);
                numberByCode[code] = number;
            }

            numbers[row] = number;
        }
    }

    public override void Find(Vector column, Span<int> numbers)
    {
        var typed = (StringVector)column;
        if (!typed.IsDictionary || typed.Values.Count > numbers.Length)
        {
            for (int row = 0; row < numbers.Length; row++)
            {
                numbers[row] = _table.Find(typed[row]);
            }

            return;
        }

        int[] numberByCode = new int[typed.Values.Count];
        for (int code = 0; code < numberByCode.Length; code++)
        {
            numberByCode[code] = _table.Find(typed.Values[code]);
        }

        ReadOnlySpan<int> codes = typed.Codes;
        for (int row = 0; row < codes.Length; row++)
        {
            numbers[row] = numberByCode[codes[row]];
        }
    }

    public override Vector Values(ReadOnlySpan<int> numbers)
    {
        Utf8Values distinct = _table.ToValues();
        return IsIdentity(numbers, distinct.Count)
            ? new StringVector(distinct)
            : new StringVector(distinct, numbers.ToArray(), numbers.Length);
    }

    private static bool IsIdentity(ReadOnlySpan<int> numbers, int count)
    {
        if (numbers.Length != count)
        {
            return false;
        }

        for (int row = 0; row < count; row++)
        {
            if (numbers[row] != row)
            {
                return false;
            }
        }

        return true;
    }

    private void Prepare(Utf8Values dictionary)
    {
        if (ReferenceEquals(dictionary, _dictionary))
        {
            return;
        }

        if (_numberByCode.Length < dictionary.Count)
        {
            _numberByCode = new int[dictionary.Count];
        }

        _numberByCode.AsSpan(0, dictionary.Count).Fill(-1);
        _dictionary = dictionary;
    }
}
