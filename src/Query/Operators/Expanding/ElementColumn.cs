using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;

namespace Bongsu.Query.Operators.Expanding;

/// <summary>Collects elements of arrays and bags as values of one type. One owner.</summary>
/// <remarks>Elements are cast, never parsed: the string <c>"1"</c> as long is null. As string every element has its
/// printed form.</remarks>
internal sealed class ElementColumn
{
    private readonly bool _bagsAsPairs;
    private readonly VectorBuilder _builder;
    private readonly DynamicWriter _writer = new();

    /// <summary>An empty column.</summary>
    /// <param name="type">What elements become.</param>
    /// <param name="bagsAsPairs">Properties become <c>["key", value]</c>, else bags of one property.</param>
    public ElementColumn(ScalarType type, bool bagsAsPairs)
    {
        _bagsAsPairs = bagsAsPairs;
        _builder = VectorBuilder.Create(type);
    }

    /// <summary>Adds an element of a value; past its end null. A plain value is its own only element.</summary>
    public void Append(DynamicReader value, int index)
    {
        switch (value.Kind)
        {
            case DynamicKind.Array when index < value.Count:
                AppendCast(value.ElementAt(index));
                break;
            case DynamicKind.Bag when index < value.Count:
                AppendProperty(value, index);
                break;
            case DynamicKind.Array or DynamicKind.Bag or DynamicKind.Null:
                _builder.AppendNull();
                break;
            default:
                AppendCast(index == 0 ? value : default);
                break;
        }
    }

    /// <summary>Takes all values out.</summary>
    public Vector Build() => _builder.Build();

    private static long? ToLong(DynamicReader element) => element.Kind switch
    {
        DynamicKind.Long => element.AsLong,
        DynamicKind.Real when Math.Abs(element.AsReal) < long.MaxValue => (long)element.AsReal,
        DynamicKind.Decimal when Math.Abs(element.AsDecimal) < long.MaxValue => (long)element.AsDecimal,
        DynamicKind.True => 1,
        DynamicKind.False => 0,
        _ => null,
    };

    private static double? ToReal(DynamicReader element) => element.Kind switch
    {
        DynamicKind.Long => element.AsLong,
        DynamicKind.Real => element.AsReal,
        DynamicKind.Decimal => (double)element.AsDecimal,
        _ => null,
    };

    private static void Append<T>(VectorBuilder builder, T? value)
        where T : unmanaged
    {
        if (value is { } present)
        {
            ((FixedVectorBuilder<T>)builder).Append(present);
        }
        else
        {
            builder.AppendNull();
        }
    }

    private void AppendProperty(DynamicReader bag, int index)
    {
        _writer.Clear();
        if (_bagsAsPairs)
        {
            _writer.BeginArray();
            _writer.WriteString(bag.KeyAt(index));
            _writer.WriteValue(bag.ValueAt(index));
            _writer.EndArray();
        }
        else
        {
            _writer.BeginBag();
            _writer.WriteKey(bag.KeyAt(index));
            _writer.WriteValue(bag.ValueAt(index));
            _writer.EndBag();
        }

        AppendCast(new DynamicReader(_writer.Written));
    }

    private void AppendCast(DynamicReader element)
    {
        switch (_builder.Type)
        {
            case ScalarType.Dynamic:
                ((DynamicVectorBuilder)_builder).Append(element.Bytes);
                break;
            case ScalarType.String when element.Kind == DynamicKind.String:
                ((StringVectorBuilder)_builder).Append(element.Utf8);
                break;
            case ScalarType.String:
                ((StringVectorBuilder)_builder).Append(ScalarText.FormatDynamic(element));
                break;
            case ScalarType.Bool:
                Append<bool>(_builder, ToLong(element) is { } truth ? truth != 0 : null);
                break;
            case ScalarType.Int:
                Append<int>(_builder, ToLong(element) is >= int.MinValue and <= int.MaxValue and var small ? (int)small : null);
                break;
            case ScalarType.Long:
                Append(_builder, ToLong(element));
                break;
            case ScalarType.Real:
                Append(_builder, ToReal(element));
                break;
            case ScalarType.Decimal:
                Append<decimal>(_builder, element.Kind switch
                {
                    DynamicKind.Long => element.AsLong,
                    DynamicKind.Decimal => element.AsDecimal,
                    DynamicKind.Real when Math.Abs(element.AsReal) < 7.9e28 => (decimal)element.AsReal,
                    _ => null,
                });
                break;
            case ScalarType.Guid:
                Append<Guid>(_builder, element.Kind switch
                {
                    DynamicKind.Guid => element.AsGuid,
                    DynamicKind.String when Guid.TryParse(element.Utf8, null, out Guid parsed) => parsed,
                    _ => null,
                });
                break;
            default:
                bool isSame = element.Kind == (_builder.Type == ScalarType.DateTime ? DynamicKind.DateTime : DynamicKind.TimeSpan);
                Append<long>(_builder, isSame ? element.AsLong : null);
                break;
        }
    }
}
