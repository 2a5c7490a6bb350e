using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Ingest.Decoding;

/// <summary>One column of a batch under construction; its type follows the values and widens when they
/// disagree. Reused by <see cref="Begin"/>.</summary>
/// <remarks>
/// Rows without a value cost nothing until a later row has one. A value for the row set last replaces it, so of
/// repeated keys
/// the last wins. long and real meet in real where every value stays exact; any other meeting makes the column dynamic.
/// </remarks>
internal sealed class ColumnBuilder
{
    private const long MaxExactLong = 1L << 53;

    private readonly DynamicWriter _writer;
    private ScalarType? _type;
    private int _count;
    private long[] _bits = [];
    private ulong[]? _validity;
    private StringStore? _strings;
    private ByteStore? _encoded;

    /// <summary>An empty column.</summary>
    /// <param name="name">Of the batch's column.</param>
    /// <param name="index">Position among the batch's columns.</param>
    /// <param name="writer">Lent by the batch's builder, for values of dynamic columns.</param>
    public ColumnBuilder(string name, int index, DynamicWriter writer)
    {
        Name = name;
        Index = index;
        _writer = writer;
    }

    public string Name { get; }

    public int Index { get; private set; }

    /// <summary>The type so far; null while there was no value.</summary>
    public ScalarType? Type => _type;

    public long SizeBytes =>
        (8L * _bits.Length) + (8L * (_validity?.Length ?? 0)) + (_strings?.SizeBytes ?? 0) + (_encoded?.SizeBytes ?? 0);

    /// <summary>Makes it an empty column of the next batch; room is kept.</summary>
    public void Begin(int index)
    {
        Index = index;
        _type = null;
        _count = 0;
        _validity = null;
        _strings?.Clear();
        _encoded?.Clear();
    }

    /// <summary>Whether a row (the last one begun) has a value.</summary>
    public bool HasValue(int row) => _count > row;

    /// <summary>The text of the last value of a string column.</summary>
    public ReadOnlySpan<byte> LastText => _strings![_count - 1];

    public void SetString(int row, ReadOnlySpan<byte> utf8)
    {
        if (_count != row)
        {
            MoveTo(row);
        }

        if (_type is null)
        {
            _type = ScalarType.String;
            _strings ??= new StringStore();
            _strings.AppendEmpty(row);
        }

        if (_type == ScalarType.String)
        {
            _strings!.Append(utf8);
            _count++;
            return;
        }

        _writer.Clear();
        _writer.WriteString(utf8);
        AppendWritten();
    }

    /// <summary>Adds a text that is there both ways and is not empty, where the column is one of texts and all rows
    /// before have their values; else does nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAppend(int row, ReadOnlySpan<byte> utf8, in ShortText text)
    {
        if (_count != row || _type != ScalarType.String)
        {
            return false;
        }

        _strings!.Append(utf8, text);
        _count++;
        return true;
    }

    public void SetLong(int row, long value)
    {
        if (_count != row)
        {
            MoveTo(row);
        }

        if (_type == ScalarType.Long || Starts(ScalarType.Long))
        {
            AppendBits(value);
            return;
        }

        if (_type == ScalarType.Real && IsExact(value))
        {
            AppendBits(BitConverter.DoubleToInt64Bits(value));
            return;
        }

        _writer.Clear();
        _writer.WriteLong(value);
        AppendWritten();
    }

    public void SetReal(int row, double value)
    {
        if (_count != row)
        {
            MoveTo(row);
        }

        if (_type == ScalarType.Real || Starts(ScalarType.Real) || (_type == ScalarType.Long && TryLongsToReals()))
        {
            AppendBits(BitConverter.DoubleToInt64Bits(value));
            return;
        }

        _writer.Clear();
        _writer.WriteReal(value);
        AppendWritten();
    }

    public void SetBool(int row, bool value)
    {
        if (_count != row)
        {
            MoveTo(row);
        }

        if (_type == ScalarType.Bool || Starts(ScalarType.Bool))
        {
            AppendBits(value ? 1 : 0);
            return;
        }

        _writer.Clear();
        _writer.WriteBool(value);
        AppendWritten();
    }

    public void SetDateTime(int row, long ticks)
    {
        if (_count != row)
        {
            MoveTo(row);
        }

        if (_type == ScalarType.DateTime || Starts(ScalarType.DateTime))
        {
            AppendBits(ticks);
            return;
        }

        _writer.Clear();
        _writer.WriteDateTime(ticks);
        AppendWritten();
    }

    /// <summary>Sets a value encoded by another writer than the builder's own.</summary>
    public void SetEncoded(int row, ReadOnlySpan<byte> encoded)
    {
        if (_count != row)
        {
            MoveTo(row);
        }

        if (_type != ScalarType.Dynamic)
        {
            BecomeDynamic();
        }

        _encoded!.Append(encoded);
        MarkValid();
        _count++;
    }

    /// <summary>Takes back the value of a row, if it has one.</summary>
    public void Remove(int row)
    {
        if (_count <= row)
        {
            return;
        }

        _count--;
        if (_type == ScalarType.String)
        {
            _strings!.RemoveLast();
        }
        else if (_type == ScalarType.Dynamic)
        {
            _encoded!.RemoveLast();
        }

        if (_validity is not null)
        {
            _validity[_count >> 6] &= ~(1UL << (_count & 63));
        }
    }

    /// <summary>The column of <paramref name="rowCount"/> rows, with room of its own.</summary>
    public Vector Build(int rowCount)
    {
        if (_count < rowCount)
        {
            AppendNulls(rowCount - _count);
        }

        Bitmap? validity = _validity is null
            ? null
            : new Bitmap(rowCount, _validity.AsSpan(0, (rowCount + 63) >> 6).ToArray());
        return _type switch
        {
            null => Vector.Nulls(ScalarType.Dynamic, rowCount),
            ScalarType.String => _strings!.Build(),
            ScalarType.Dynamic => new DynamicVector(_encoded!.Build(), validity),
            ScalarType.Real => new FixedVector<double>(ScalarType.Real, CopyBits<double>(rowCount), rowCount, validity),
            ScalarType.Bool => new FixedVector<bool>(ScalarType.Bool, ToBools(rowCount), rowCount, validity),
            _ => new FixedVector<long>(_type.Value, CopyBits<long>(rowCount), rowCount, validity),
        };
    }

    /// <summary>What is made of the texts of <paramref name="rowCount"/> rows, without a copy of them.</summary>
    /// <param name="rowCount">At least as many as have values.</param>
    /// <param name="convert">Keeps nothing of the vector it is lent.</param>
    public Vector Convert(int rowCount, Func<StringVector, StringVector> convert)
    {
        AppendNulls(rowCount - _count);
        return convert(_strings!.Lend());
    }

    private static bool IsExact(long value) => value is >= -MaxExactLong and <= MaxExactLong;

    private bool Starts(ScalarType type)
    {
        if (_type is not null)
        {
            return false;
        }

        _type = type;
        int absent = _count;
        _count = 0;
        AppendNulls(absent);
        return true;
    }

    private void MoveTo(int row)
    {
        if (_count > row)
        {
            Remove(row);
        }
        else
        {
            AppendNulls(row - _count);
        }
    }

    private void AppendBits(long bits)
    {
        if (_count == _bits.Length)
        {
            GrowBits(1);
        }

        _bits[_count] = bits;
        MarkValid();
        _count++;
    }

    private void AppendWritten()
    {
        if (_type != ScalarType.Dynamic)
        {
            byte[] value = _writer.Written.ToArray();
            BecomeDynamic();
            _encoded!.Append(value);
        }
        else
        {
            _encoded!.Append(_writer.Written);
        }

        MarkValid();
        _count++;
    }

    private void AppendNulls(int count)
    {
        if (count == 0)
        {
            return;
        }

        if (_type == ScalarType.String)
        {
            _strings!.AppendEmpty(count);
        }
        else if (_type == ScalarType.Dynamic)
        {
            _encoded!.AppendEmpty(count);
        }
        else if (_type is not null)
        {
            GrowBits(count);
            _bits.AsSpan(_count, count).Clear();
        }

        if (_type is not (null or ScalarType.String))
        {
            EnsureValidity(_count + count);
        }

        _count += count;
    }

    private void GrowBits(int extra)
    {
        if (_bits.Length - _count < extra)
        {
            long[] grown = GC.AllocateUninitializedArray<long>(Math.Max(Math.Max(16, _bits.Length * 2), _count + extra));
            _bits.AsSpan(0, _count).CopyTo(grown);
            _bits = grown;
        }
    }

    private void MarkValid()
    {
        if (_validity is not null)
        {
            EnsureValidity(_count + 1);
            _validity[_count >> 6] |= 1UL << (_count & 63);
        }
    }

    // Makes room for bits, and the bitmap itself with all rows so far valid.
    private void EnsureValidity(int bits)
    {
        int words = (bits + 63) >> 6;
        if (_validity is null)
        {
            _validity = new ulong[Math.Max(4, words)];
            for (int row = 0; row < _count; row++)
            {
                _validity[row >> 6] |= 1UL << (row & 63);
            }
        }
        else if (_validity.Length < words)
        {
            Array.Resize(ref _validity, Math.Max(_validity.Length * 2, words));
        }
    }

    private bool IsNull(int row) => _validity is not null && (_validity[row >> 6] >> (row & 63) & 1) == 0;

    private bool TryLongsToReals()
    {
        foreach (long value in _bits.AsSpan(0, _count))
        {
            if (!IsExact(value))
            {
                return false;
            }
        }

        foreach (ref long value in _bits.AsSpan(0, _count))
        {
            value = BitConverter.DoubleToInt64Bits(value);
        }

        _type = ScalarType.Real;
        return true;
    }

    private void BecomeDynamic()
    {
        ByteStore encoded = _encoded ?? new ByteStore();
        encoded.Clear();
        if (_type is null)
        {
            encoded.AppendEmpty(_count);
        }
        else
        {
            for (int row = 0; row < _count; row++)
            {
                EncodeRow(row, encoded);
            }
        }

        if (_type is null or ScalarType.String)
        {
            SetValidityFrom(encoded);
        }

        _encoded = encoded;
        _strings?.Clear();
        _type = ScalarType.Dynamic;
    }

    // An empty string is an absent one, so it becomes null.
    private void EncodeRow(int row, ByteStore encoded)
    {
        if (_type == ScalarType.String ? _strings![row].IsEmpty : IsNull(row))
        {
            encoded.AppendEmpty(1);
            return;
        }

        _writer.Clear();
        switch (_type)
        {
            case ScalarType.String:
                _writer.WriteString(_strings![row]);
                break;
            case ScalarType.Bool:
                _writer.WriteBool(_bits[row] != 0);
                break;
            case ScalarType.Real:
                _writer.WriteReal(BitConverter.Int64BitsToDouble(_bits[row]));
                break;
            case ScalarType.DateTime:
                _writer.WriteDateTime(_bits[row]);
                break;
            default:
                _writer.WriteLong(_bits[row]);
                break;
        }

        encoded.Append(_writer.Written);
    }

    private void SetValidityFrom(ByteStore encoded)
    {
        if (_count == 0)
        {
            return;
        }

        _validity = new ulong[Math.Max(4, (_count + 63) >> 6)];
        for (int row = 0; row < _count; row++)
        {
            if (!encoded[row].IsEmpty)
            {
                _validity[row >> 6] |= 1UL << (row & 63);
            }
        }
    }

    private T[] CopyBits<T>(int rowCount)
        where T : unmanaged
    {
        T[] copy = GC.AllocateUninitializedArray<T>(rowCount);
        MemoryMarshal.Cast<long, T>(_bits.AsSpan(0, rowCount)).CopyTo(copy);
        return copy;
    }

    private bool[] ToBools(int rowCount)
    {
        bool[] bools = new bool[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            bools[row] = _bits[row] != 0;
        }

        return bools;
    }
}
