using System.Text.Json;
using Bongsu.Stream.Plans;

namespace Bongsu.Alert.Alerts;

/// <summary>Changes of a rule's alerts that wait to be handed over, window by window, in order.</summary>
internal sealed class ChangeQueue
{
    private readonly List<AlertChange[]> _closed = [];
    private readonly List<AlertChange> _open = [];

    /// <summary>True where something waits.</summary>
    public bool HasAny => _closed.Count > 0;

    /// <summary>True where the window at hand led to something.</summary>
    public bool IsOpen => _open.Count > 0;

    /// <summary>Adds a change of the window at hand.</summary>
    public void Add(AlertView alert, bool notifies, int stormSize = 0, IReadOnlyList<Threshold>? limits = null) =>
        _open.Add(new AlertChange(alert, notifies, stormSize, limits));

    /// <summary>Ends the window at hand.</summary>
    public void Close()
    {
        if (_open.Count > 0)
        {
            _closed.Add([.. _open]);
            _open.Clear();
        }
    }

    /// <summary>Hands everything over; what failed stays.</summary>
    public async Task DeliverAsync(IAlertSink sink, CancellationToken cancellationToken)
    {
        while (_closed.Count > 0)
        {
            await sink.ApplyAsync(_closed[0], cancellationToken);
            _closed.RemoveAt(0);
        }
    }

    /// <summary>Writes what waits.</summary>
    public void Write(BinaryWriter writer) => RuleStateFormat.WriteAll(writer, _closed, static (writer, window) =>
        RuleStateFormat.WriteAll(writer, window, static (writer, change) =>
            writer.Write(JsonSerializer.Serialize(change, AlertJson.Plain.AlertChange))));

    /// <summary>Restores what <see cref="Write"/> wrote.</summary>
    public void Read(BinaryReader reader)
    {
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            var window = new List<AlertChange>();
            for (int changes = reader.ReadInt32(); changes > 0; changes--)
            {
                window.Add(JsonSerializer.Deserialize(reader.ReadString(), AlertJson.Plain.AlertChange)!);
            }

            _closed.Add([.. window]);
        }
    }
}
