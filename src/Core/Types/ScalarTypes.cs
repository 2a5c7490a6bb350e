namespace Bongsu.Core.Types;

/// <summary>Names and facts about <see cref="ScalarType"/>.</summary>
public static class ScalarTypes
{
    private static readonly string[] s_names =
        ["", "bool", "int", "long", "real", "decimal", "string", "datetime", "timespan", "guid", "dynamic"];

    private static readonly Dictionary<string, ScalarType> s_byName = new(StringComparer.Ordinal)
    {
        ["bool"] = ScalarType.Bool,
        ["boolean"] = ScalarType.Bool,
        ["int"] = ScalarType.Int,
        ["int32"] = ScalarType.Int,
        ["uint"] = ScalarType.Long,
        ["long"] = ScalarType.Long,
        ["int64"] = ScalarType.Long,
        ["ulong"] = ScalarType.Long,
        ["real"] = ScalarType.Real,
        ["double"] = ScalarType.Real,
        ["float"] = ScalarType.Real,
        ["decimal"] = ScalarType.Decimal,
        ["string"] = ScalarType.String,
        ["datetime"] = ScalarType.DateTime,
        ["date"] = ScalarType.DateTime,
        ["timespan"] = ScalarType.TimeSpan,
        ["time"] = ScalarType.TimeSpan,
        ["guid"] = ScalarType.Guid,
        ["uuid"] = ScalarType.Guid,
        ["uniqueid"] = ScalarType.Guid,
        ["dynamic"] = ScalarType.Dynamic,
    };

    /// <summary>The KQL name, for instance <c>datetime</c>.</summary>
    public static string Name(this ScalarType type) => s_names[(int)type];

    /// <summary>Finds a type by its KQL name or alias; case-sensitive.</summary>
    public static bool TryParse(string name, out ScalarType type) => s_byName.TryGetValue(name, out type);

    /// <summary>True for int, long, real and decimal.</summary>
    public static bool IsNumeric(this ScalarType type) =>
        type is ScalarType.Int or ScalarType.Long or ScalarType.Real or ScalarType.Decimal;

    /// <summary>True for int and long.</summary>
    public static bool IsInteger(this ScalarType type) => type is ScalarType.Int or ScalarType.Long;
}
