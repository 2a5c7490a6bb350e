namespace Bongsu.Core.Types;

/// <summary>The scalar types of KQL. The numbers are persisted and frozen.</summary>
public enum ScalarType : byte
{
    /// <summary>Three-valued truth; stored as one byte, 0 or 1.</summary>
    Bool = 1,

    /// <summary>32-bit signed integer.</summary>
    Int = 2,

    /// <summary>64-bit signed integer.</summary>
    Long = 3,

    /// <summary>IEEE 754 double.</summary>
    Real = 4,

    /// <summary>Decimal number with up to 28 significant digits (.NET <see cref="decimal"/>).</summary>
    Decimal = 5,

    /// <summary>UTF-8 text; never null, absent is empty.</summary>
    String = 6,

    /// <summary>UTC time in 100 ns ticks since 0001-01-01.</summary>
    DateTime = 7,

    /// <summary>Signed duration in 100 ns ticks.</summary>
    TimeSpan = 8,

    /// <summary>128-bit identifier.</summary>
    Guid = 9,

    /// <summary>Null, a primitive, an array or a property bag; stored as bytes of <c>Bongsu.Core.Dynamic</c>.</summary>
    Dynamic = 10,
}
