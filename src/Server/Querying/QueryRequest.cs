using System.Text.Json;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Query.Kql;

namespace Bongsu.Server.Querying;

/// <summary>Body of <c>POST /api/query</c>; see docs/guide/http-api.md.</summary>
internal sealed record QueryRequest(
    string? Query,
    Dictionary<string, JsonElement>? Parameters,
    DateTimeOffset? From,
    DateTimeOffset? To,
    long? TimeoutMs,
    long? MaxRows)
{
    /// <summary>What is wrong with the body, or null.</summary>
    public string? Problem =>
        string.IsNullOrWhiteSpace(Query) ? "'query' is missing" :
        TimeoutMs <= 0 ? "'timeoutMs' must be above 0" :
        MaxRows <= 0 ? "'maxRows' must be above 0" :
        null;

    /// <summary>The compiler's options for a request made now.</summary>
    /// <param name="nowTicks">What <c>now()</c> is.</param>
    /// <param name="rowLimit">Most rows, or null.</param>
    public CompileOptions Options(long nowTicks, long? rowLimit) => new()
    {
        NowTicks = nowTicks,
        FromTicks = From?.UtcTicks ?? long.MinValue,
        ToTicks = To?.UtcTicks ?? long.MaxValue,
        RowLimit = rowLimit,
        Parameters = (Parameters ?? []).ToDictionary(parameter => parameter.Key, parameter => ToScalar(parameter.Value)),
    };

    private static Scalar ToScalar(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return Scalar.Of(value.GetString()!);
            case JsonValueKind.True or JsonValueKind.False:
                return Scalar.Of(value.GetBoolean());
            case JsonValueKind.Number:
                return value.TryGetInt64(out long integer) ? Scalar.Of(integer) : Scalar.Of(value.GetDouble());
            case JsonValueKind.Null:
                return Scalar.Null(ScalarType.Dynamic);
            default:
                var writer = new DynamicWriter();
                return DynamicJson.TryParse(JsonSerializer.SerializeToUtf8Bytes(value, Http.ApiJson.Default.JsonElement), writer)
                    ? Scalar.OfDynamic(writer.Written.ToArray())
                    : Scalar.Null(ScalarType.Dynamic);
        }
    }
}
