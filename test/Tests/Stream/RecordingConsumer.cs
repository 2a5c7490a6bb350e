using Bongsu.Core.Batches;
using Bongsu.Stream.Windows;

namespace Bongsu.Tests.Stream;

/// <summary>Keeps the latest result of every window.</summary>
internal sealed class RecordingConsumer : WindowConsumer
{
    public SortedDictionary<long, string[]> Results { get; } = [];

    public List<long> Order { get; } = [];

    public List<long> Corrections { get; } = [];

    /// <summary>Windows told before they were over.</summary>
    public SortedDictionary<long, string[]> Early { get; } = [];

    public List<long> WithoutData { get; } = [];

    public List<string> Errors { get; } = [];

    public override bool IsQuiet => true;

    public override bool HasPending => false;

    public override bool Consume(WindowResult result)
    {
        string[] lines = [.. Lines(result.Rows)];
        if (result.IsEarly)
        {
            Early[result.EndTicks] = lines;
            return true;
        }

        bool isChanged = !Results.TryGetValue(result.EndTicks, out string[]? before) || !before.SequenceEqual(lines);
        Results[result.EndTicks] = lines;
        (result.IsCorrection ? Corrections : Order).Add(result.EndTicks);
        if (!result.HasData)
        {
            WithoutData.Add(result.EndTicks);
        }

        return isChanged;
    }

    public override void ConsumeError(string? message, long atTicks)
    {
        if (message is not null)
        {
            Errors.Add(message);
        }
    }

    public override Task DeliverAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Write(BinaryWriter writer)
    {
        writer.Write(Results.Count);
        foreach ((long end, string[] lines) in Results)
        {
            writer.Write(end);
            writer.Write(string.Join('\n', lines));
        }
    }

    public override void Read(BinaryReader reader)
    {
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            Results.Add(reader.ReadInt64(), reader.ReadString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private static IEnumerable<string> Lines(Batch batch) => StreamTestBed.Lines(batch).Order(StringComparer.Ordinal);
}
