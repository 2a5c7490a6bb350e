using Bongsu.Core.Dynamic;
using Bongsu.Query.Functions.Casts;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>Equality and order of dynamic values: numbers by value whatever their kind, texts by their bytes, the rest
/// by kind.</summary>
internal static class DynamicOrder
{
    public static bool IsNumber(DynamicKind kind) => kind is DynamicKind.Long or DynamicKind.Real or DynamicKind.Decimal;

    /// <summary>Deep equality; bags without regard to the order of keys; null equals null.</summary>
    public static bool AreEqual(DynamicReader left, DynamicReader right)
    {
        if (IsNumber(left.Kind) && IsNumber(right.Kind))
        {
            return CompareNumbers(left, right) == 0;
        }

        if (left.Kind != right.Kind)
        {
            return false;
        }

        switch (left.Kind)
        {
            case DynamicKind.Null:
                return true;
            case DynamicKind.Array:
                return ArraysAreEqual(left, right);
            case DynamicKind.Bag:
                return BagsAreEqual(left, right);
            default:
                return left.Bytes.SequenceEqual(right.Bytes);
        }
    }

    /// <summary>Order of two values of kinds that can be ordered with each other; null where they cannot be, or for
    /// NaN.</summary>
    public static int? Compare(DynamicReader left, DynamicReader right)
    {
        if (IsNumber(left.Kind) && IsNumber(right.Kind))
        {
            return CompareNumbers(left, right);
        }

        bool isBool = left.Kind is DynamicKind.True or DynamicKind.False && right.Kind is DynamicKind.True or DynamicKind.False;
        if (isBool)
        {
            return left.Kind.CompareTo(right.Kind);
        }

        return left.Kind == right.Kind
            ? left.Kind switch
            {
                DynamicKind.String => left.Utf8.SequenceCompareTo(right.Utf8),
                DynamicKind.DateTime or DynamicKind.TimeSpan => left.AsLong.CompareTo(right.AsLong),
                DynamicKind.Guid => left.AsGuid.CompareTo(right.AsGuid),
                _ => null,
            }
            : null;
    }

    /// <summary>Hash that agrees with <see cref="AreEqual"/>; bags and arrays by their size.</summary>
    public static int Hash(DynamicReader value)
    {
        if (IsNumber(value.Kind) && RealParser.TryConvert(value, out double number))
        {
            return number.GetHashCode();
        }

        var hash = default(HashCode);
        hash.Add(value.Kind);
        if (value.Kind is DynamicKind.Array or DynamicKind.Bag)
        {
            hash.Add(value.Count);
        }
        else
        {
            hash.AddBytes(value.Bytes);
        }

        return hash.ToHashCode();
    }

    private static int? CompareNumbers(DynamicReader left, DynamicReader right)
    {
        if (left.Kind == DynamicKind.Long && right.Kind == DynamicKind.Long)
        {
            return left.AsLong.CompareTo(right.AsLong);
        }

        if (left.Kind != DynamicKind.Real && right.Kind != DynamicKind.Real
            && DecimalParser.TryConvert(left, out decimal leftDecimal) && DecimalParser.TryConvert(right, out decimal rightDecimal))
        {
            return leftDecimal.CompareTo(rightDecimal);
        }

        RealParser.TryConvert(left, out double leftReal);
        RealParser.TryConvert(right, out double rightReal);
        return double.IsNaN(leftReal) || double.IsNaN(rightReal) ? null : leftReal.CompareTo(rightReal);
    }

    private static bool ArraysAreEqual(DynamicReader left, DynamicReader right)
    {
        bool areEqual = left.Count == right.Count;
        for (int index = 0; areEqual && index < left.Count; index++)
        {
            areEqual = AreEqual(left.ElementAt(index), right.ElementAt(index));
        }

        return areEqual;
    }

    private static bool BagsAreEqual(DynamicReader left, DynamicReader right)
    {
        bool areEqual = left.Count == right.Count;
        for (int index = 0; areEqual && index < left.Count; index++)
        {
            areEqual = right.TryGetProperty(left.KeyAt(index), out DynamicReader value) && AreEqual(left.ValueAt(index), value);
        }

        return areEqual;
    }
}
