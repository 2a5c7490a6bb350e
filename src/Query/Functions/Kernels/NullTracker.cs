using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>Validity of a result in the making: the arguments' nulls, and those the function adds. Copies only when it
/// must.</summary>
internal struct NullTracker
{
    private readonly int _rowCount;
    private Bitmap? _validity;
    private bool _isOwned;

    public NullTracker(Bitmap? validity, int rowCount)
    {
        _rowCount = rowCount;
        _validity = validity;
    }

    public NullTracker(Bitmap? left, Bitmap? right, int rowCount)
    {
        _rowCount = rowCount;
        _validity = left ?? right;
        if (left is not null && right is not null && !ReferenceEquals(left, right))
        {
            Own();
            _validity!.And(right);
        }
    }

    /// <summary>Makes a row null.</summary>
    public void SetNull(int row)
    {
        if (!_isOwned)
        {
            Own();
        }

        _validity![row] = false;
    }

    /// <summary>The vector; values of null rows are reset to default.</summary>
    public readonly FixedVector<T> Finish<T>(ScalarType type, T[] values, int rowCount)
        where T : unmanaged
    {
        if (_validity is not null)
        {
            for (int word = 0; word < _validity.Words.Length; word++)
            {
                int end = Math.Min(rowCount, (word + 1) << 6);
                for (int row = word << 6; _validity.Words[word] != ulong.MaxValue && row < end; row++)
                {
                    if (!_validity[row])
                    {
                        values[row] = default;
                    }
                }
            }
        }

        return new FixedVector<T>(type, values, rowCount, _validity);
    }

    private void Own()
    {
        _validity = _validity is null ? Bitmap.AllSet(_rowCount) : new Bitmap(_rowCount, _validity.Words.ToArray());
        _isOwned = true;
    }
}
