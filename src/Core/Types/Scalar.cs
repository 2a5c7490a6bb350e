namespace Bongsu.Core.Types;

/// <summary>One value with its type, for literals, parameters, block limits and edges; never used per row.</summary>
/// <param name="Type">The type; also of a null.</param>
/// <param name="Value">
/// Null, or by type: <see cref="bool"/>, <see cref="int"/>, <see cref="long"/> (long, and ticks of datetime and
/// timespan),
/// <see cref="double"/>, <see cref="decimal"/>, <see cref="string"/>, <see cref="Guid"/>, or <c>byte[]</c> (dynamic,
/// encoded).
/// </param>
public readonly record struct Scalar(ScalarType Type, object? Value)
{
    /// <summary>True for a null value. A string is never null.</summary>
    public bool IsNull => Value is null;

    /// <summary>The null of a type; the empty string for string.</summary>
    public static Scalar Null(ScalarType type) => new(type, type == ScalarType.String ? "" : null);

    /// <summary>A bool.</summary>
    public static Scalar Of(bool value) => new(ScalarType.Bool, value);

    /// <summary>An int.</summary>
    public static Scalar Of(int value) => new(ScalarType.Int, value);

    /// <summary>A long.</summary>
    public static Scalar Of(long value) => new(ScalarType.Long, value);

    /// <summary>A real.</summary>
    public static Scalar Of(double value) => new(ScalarType.Real, value);

    /// <summary>A decimal.</summary>
    public static Scalar Of(decimal value) => new(ScalarType.Decimal, value);

    /// <summary>A string.</summary>
    public static Scalar Of(string value) => new(ScalarType.String, value);

    /// <summary>A guid.</summary>
    public static Scalar Of(Guid value) => new(ScalarType.Guid, value);

    /// <summary>A datetime of UTC ticks.</summary>
    public static Scalar OfDateTime(long ticks) => new(ScalarType.DateTime, ticks);

    /// <summary>A timespan of ticks.</summary>
    public static Scalar OfTimeSpan(long ticks) => new(ScalarType.TimeSpan, ticks);

    /// <summary>A dynamic of encoded bytes (see <c>Bongsu.Core.Dynamic.DynamicWriter</c>).</summary>
    public static Scalar OfDynamic(byte[] encoded) => new(ScalarType.Dynamic, encoded);

    /// <summary>The value of a long, datetime or timespan.</summary>
    public long AsLong => (long)Value!;

    /// <summary>The text of a string.</summary>
    public string AsString => (string)Value!;

    /// <inheritdoc/>
    public override string ToString() => $"{Type.Name()}({Text.ScalarText.Format(this)})";
}
