using System.Text.Json.Nodes;
using Bongsu.Core.Types;

namespace Bongsu.Alert.Alerts;

/// <summary>One row of a rule's result.</summary>
/// <param name="Key">Its key columns.</param>
/// <param name="Values">Its other columns.</param>
/// <param name="ValuesText">Those as compact JSON, to see changes.</param>
/// <param name="Cells">All columns by name, for texts.</param>
internal sealed record KeyedRow(JsonObject Key, JsonObject Values, string ValuesText, IReadOnlyDictionary<string, Scalar> Cells)
{
    /// <summary>A row of which only the key is known.</summary>
    public static KeyedRow Bare(string key) => new(AlertJson.ToObject(key), [], "{}", new Dictionary<string, Scalar>());
}
