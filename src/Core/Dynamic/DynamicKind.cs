namespace Bongsu.Core.Dynamic;

/// <summary>First byte of an encoded dynamic value. The numbers are persisted and frozen.</summary>
public enum DynamicKind : byte
{
    /// <summary>JSON null; 1 byte.</summary>
    Null = 0,

    /// <summary>False; 1 byte.</summary>
    False = 1,

    /// <summary>True; 1 byte.</summary>
    True = 2,

    /// <summary>64-bit integer; 8 bytes little-endian follow.</summary>
    Long = 3,

    /// <summary>Double; 8 bytes little-endian follow.</summary>
    Real = 4,

    /// <summary>Decimal; the 16 bytes of .NET's <see cref="decimal.GetBits(decimal)"/> follow, little-endian.</summary>
    Decimal = 5,

    /// <summary>Text; UTF-8 up to the end of the value.</summary>
    String = 6,

    /// <summary>UTC ticks; 8 bytes follow.</summary>
    DateTime = 7,

    /// <summary>Ticks; 8 bytes follow.</summary>
    TimeSpan = 8,

    /// <summary>16 bytes follow, as <see cref="Guid.TryWriteBytes(Span{byte})"/> writes them.</summary>
    Guid = 9,

    /// <summary>Array: u32 count, count u32 end offsets (from the first element), then the elements.</summary>
    Array = 10,

    /// <summary>
    /// Property bag: u32 count, then for each property two u32 end offsets (key, value; from the first key), then key
    /// and value
    /// by turns. Keys are UTF-8, distinct, in the order they came.
    /// </summary>
    Bag = 11,
}
