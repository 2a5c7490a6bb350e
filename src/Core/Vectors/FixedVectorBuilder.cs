using System.Runtime.CompilerServices;
using Bongsu.Core.Types;

namespace Bongsu.Core.Vectors;

/// <summary>Builds a <see cref="FixedVector{T}"/>.</summary>
/// <typeparam name="T">See <see cref="FixedVector{T}"/>.</typeparam>
public sealed class FixedVectorBuilder<T> : VectorBuilder
    where T : unmanaged
{
    private T[] _values = [];
    private int _count;
    private ValidityBuilder _validity;

    /// <summary>An empty builder.</summary>
    public FixedVectorBuilder(ScalarType type)
        : base(type)
    {
    }

    /// <inheritdoc/>
    public override int Count => _count;

    /// <inheritdoc/>
    public override long SizeBytes => (long)_values.Length * Unsafe.SizeOf<T>();

    /// <summary>Adds a value.</summary>
    public void Append(T value)
    {
        if (_count == _values.Length)
        {
            Grow(1);
        }

        _values[_count++] = value;
        _validity.AppendValid(_count);
    }

    /// <inheritdoc/>
    public override void AppendNull()
    {
        if (_count == _values.Length)
        {
            Grow(1);
        }

        _values[_count++] = default;
        _validity.AppendNull(_count);
    }

    /// <inheritdoc/>
    public override void AppendScalar(Scalar value)
    {
        if (value.IsNull)
        {
            AppendNull();
        }
        else
        {
            Append((T)value.Value!);
        }
    }

    /// <inheritdoc/>
    public override void AppendRows(Vector source, ReadOnlySpan<int> rows)
    {
        var typed = (FixedVector<T>)source;
        Grow(rows.Length);
        foreach (int row in rows)
        {
            if (typed.IsNull(row))
            {
                AppendNull();
            }
            else
            {
                Append(typed[row]);
            }
        }
    }

    /// <inheritdoc/>
    public override void AppendRange(Vector source, int start, int count)
    {
        var typed = (FixedVector<T>)source;
        Grow(count);
        if (!typed.HasNulls && !typed.IsConstant && !_validity.HasNulls)
        {
            typed.Values.Slice(start, count).CopyTo(_values.AsSpan(_count));
            _count += count;
            return;
        }

        for (int row = start; row < start + count; row++)
        {
            if (typed.IsNull(row))
            {
                AppendNull();
            }
            else
            {
                Append(typed[row]);
            }
        }
    }

    /// <inheritdoc/>
    public override Vector Build()
    {
        var vector = new FixedVector<T>(Type, _values, _count, _validity.Build(_count));
        _values = [];
        _count = 0;
        return vector;
    }

    private void Grow(int extra)
    {
        if (_values.Length - _count >= extra)
        {
            return;
        }

        T[] grown = GC.AllocateUninitializedArray<T>(Math.Max(Math.Max(16, _values.Length * 2), _count + extra));
        _values.AsSpan(0, _count).CopyTo(grown);
        _values = grown;
    }
}
