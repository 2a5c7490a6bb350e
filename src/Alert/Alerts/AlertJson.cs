using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Types;

namespace Bongsu.Alert.Alerts;

/// <summary>Source-generated JSON of alerts, and values as the HTTP API writes cells.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AlertView))]
[JsonSerializable(typeof(AlertChange))]
[JsonSerializable(typeof(Episode))]
[JsonSerializable(typeof(AlertEvidence))]
[JsonSerializable(typeof(StoredAlert[]))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(Channels.Notification))]
[JsonSerializable(typeof(Channels.WebhookBody))]
internal sealed partial class AlertJson : JsonSerializerContext
{
    /// <summary>Texts as they are (Korean unescaped): these documents are never put into HTML.</summary>
    public static AlertJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    });

    /// <summary>A value as a JSON node.</summary>
    public static JsonNode? ToNode(Scalar value) => value.Value switch
    {
        null => null,
        bool truth => JsonValue.Create(truth),
        int number => JsonValue.Create(number),
        long number when value.Type == ScalarType.Long => JsonValue.Create(number),
        double number when double.IsFinite(number) => JsonValue.Create(number),
        byte[] encoded => JsonNode.Parse(ScalarText.FormatJson(new DynamicReader(encoded))),
        _ => JsonValue.Create(ScalarText.Format(value)),
    };

    /// <summary>Compact text of an object.</summary>
    public static string ToText(JsonObject json) => json.ToJsonString(Plain.Options);

    /// <summary>An object of <see cref="ToText"/>.</summary>
    public static JsonObject ToObject(string text) => JsonNode.Parse(text)!.AsObject();
}
