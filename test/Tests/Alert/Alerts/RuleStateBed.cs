using System.Globalization;
using Bongsu.Alert.Alerts;
using Bongsu.Alert.Rules;
using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Stream;
using Bongsu.Stream.Windows;
using Bongsu.Tests.Query.Kql;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert.Alerts;

/// <summary>A rule's state fed with windows made by hand, ten seconds each; window 1 ends ten seconds after the
/// start.</summary>
internal sealed class RuleStateBed : IAlertSink
{
    public const int EverySeconds = 10;

    private readonly Rule _rule;
    private readonly ContinuousQuery _query;
    private readonly AlertComposer _composer;
    private readonly Dictionary<string, AlertView> _alerts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AlertView> _pending = new(StringComparer.Ordinal);
    private RuleState _state;

    public RuleStateBed(int forSeconds = 0, int keepSeconds = 0, NoDataPolicy noData = default, ErrorPolicy onError = default)
    {
        _rule = new Rule
        {
            Name = "r",
            File = "r.yaml",
            Query = "logs | summarize n = count() by service | where n >= 3",
            Windows = StreamTestBed.Windows(EverySeconds, EverySeconds, 0),
            For = TimeSpan.FromSeconds(forSeconds),
            KeepFiringFor = TimeSpan.FromSeconds(keepSeconds),
            NoData = noData,
            OnError = onError,
        };
        _composer = new AlertComposer(_rule, new ManualTime());
        _state = new RuleState(_rule, _composer, this);
        _query = new ContinuousQuery("r", _rule.Query, _rule.Windows, _state, new StreamOptions());
        _query.Bind(new TestCatalog(), StreamTestBed.Start.Ticks);
        Assert.Null(_query.Statistics.Error);
        _composer.Attach(_query);
    }

    /// <summary>What people were told: <c>id state</c>, in order.</summary>
    public List<string> Told { get; } = [];

    public RuleState State => _state;

    public AlertView[] Alerts =>
        [.. _alerts.Values.OrderBy(alert => alert.StartedAt, StringComparer.Ordinal).ThenBy(alert => alert.Id, StringComparer.Ordinal)];

    public AlertView[] Pending => [.. _pending.Values];

    public static long EndOf(int window) => StreamTestBed.Ticks(window * EverySeconds);

    public static int WindowOf(string time) =>
        (int)((DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).Ticks - StreamTestBed.Start.Ticks)
            / (EverySeconds * TimeSpan.TicksPerSecond));

    /// <summary>Hands over a window in which the condition holds for some keys, each with a count.</summary>
    public void Window(
        int window, IEnumerable<(string Key, long Count)> keys, bool isCorrection = false, bool isEarly = false, bool hasData = true,
        int finalThrough = -1000)
    {
        var services = new StringVectorBuilder();
        var counts = new FixedVectorBuilder<long>(ScalarType.Long);
        int rows = 0;
        foreach ((string key, long count) in keys)
        {
            services.Append(key);
            counts.Append(count);
            rows++;
        }

        var schema = new Schema([new Column("service", ScalarType.String), new Column("n", ScalarType.Long)]);
        _state.Consume(new WindowResult(
            EndOf(window - 1), EndOf(window), new Batch(schema, [services.Build(), counts.Build()], rows), isCorrection, hasData,
            EndOf(finalThrough), isEarly));
    }

    /// <summary>One key, or none.</summary>
    public void Window(int window, bool holds, bool isCorrection = false, bool isEarly = false, bool hasData = true) =>
        Window(window, holds ? [("pay", 3L)] : [], isCorrection, isEarly, hasData);

    public void Deliver() => Assert.True(_state.DeliverAsync(CancellationToken.None).IsCompletedSuccessfully);

    /// <summary>Goes on with what was written, as after a crash.</summary>
    public void Restore(byte[] state)
    {
        _state = new RuleState(_rule, _composer, this);
        using var reader = new BinaryReader(new MemoryStream(state));
        _state.Read(reader);
        Assert.Equal(state.Length, reader.BaseStream.Position);
    }

    public byte[] Save()
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        _state.Write(writer);
        writer.Flush();
        return bytes.ToArray();
    }

    public Task ApplyAsync(IReadOnlyList<AlertChange> changes, CancellationToken cancellationToken)
    {
        foreach (AlertChange change in changes)
        {
            AlertView? known = _alerts.GetValueOrDefault(change.Alert.Id);
            if (known?.Revision >= change.Alert.Revision)
            {
                continue;
            }

            Assert.Equal((known?.Revision ?? 0) + 1, change.Alert.Revision);
            _alerts[change.Alert.Id] = change.Alert;
            _pending.Remove(change.Alert.Id);
            string what = $"{change.Alert.Id} {change.Alert.State}";
            if (change.Notifies && !Told.Contains(what))
            {
                Told.Add(what);
            }
        }

        return Task.CompletedTask;
    }

    public void Refresh(AlertView alert)
    {
        if (alert.State == "pending")
        {
            _pending[alert.Id] = alert;
        }
    }

    public void Withdraw(string id) => _pending.Remove(id);
}
