using System.Text.Json.Serialization;

namespace Bongsu.Ingest.Files.Delivery;

/// <summary>Generated JSON code for what delivery keeps on disk.</summary>
[JsonSerializable(typeof(CheckpointState))]
[JsonSerializable(typeof(SpoolHeader))]
internal sealed partial class DeliveryJson : JsonSerializerContext
{
}
