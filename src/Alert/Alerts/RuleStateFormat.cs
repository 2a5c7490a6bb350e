using System.Text.Json;

namespace Bongsu.Alert.Alerts;

/// <summary>How a rule's state is written into its query's checkpoint.</summary>
internal static class RuleStateFormat
{
    /// <summary>Rises with every change; a state of another version begins anew.</summary>
    public const int Version = 2;

    /// <exception cref="InvalidDataException">The bytes are of another version.</exception>
    public static void RequireVersion(BinaryReader reader, string rule)
    {
        int version = reader.ReadInt32();
        if (version != Version)
        {
            throw new InvalidDataException($"state of rule {rule}: version {version}, expected {Version}");
        }
    }

    public static void WriteAll<T>(BinaryWriter writer, IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Count);
        foreach (T item in items)
        {
            write(writer, item);
        }
    }

    public static void WriteAlert(BinaryWriter writer, AlertView? alert) =>
        writer.Write(alert is null ? "" : JsonSerializer.Serialize(alert, AlertJson.Plain.AlertView));

    public static AlertView? ReadAlert(BinaryReader reader) =>
        reader.ReadString() is { Length: > 0 } json ? JsonSerializer.Deserialize(json, AlertJson.Plain.AlertView) : null;

    public static void WriteLife(BinaryWriter writer, KeyLife life)
    {
        writer.Write(life.Key);
        life.Write(writer);
        WriteAlert(writer, life.Pending);
        WriteAlert(writer, life.Behind);
        WriteAll(writer, life.Episodes, static (writer, episode) =>
            writer.Write(JsonSerializer.Serialize(episode, AlertJson.Plain.Episode)));
    }

    public static KeyLife ReadLife(BinaryReader reader)
    {
        var life = new KeyLife(reader.ReadString());
        life.Read(reader);
        life.Pending = ReadAlert(reader);
        life.Behind = ReadAlert(reader);
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            life.Episodes.Add(JsonSerializer.Deserialize(reader.ReadString(), AlertJson.Plain.Episode)!);
        }

        return life;
    }
}
