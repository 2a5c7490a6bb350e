using Bongsu.Alert.Alerts;
using Bongsu.Alert.Rules;
using Bongsu.Query.Execution;
using Bongsu.Stream;
using Bongsu.Tests.Stream;

namespace Bongsu.Tests.Alert;

/// <summary>What a rule keeps stops growing, whatever keys come and go.</summary>
public sealed class RuleStateSizeTests
{
    private const int StepMinutes = 3;
    private const int StepsToFill = 40;
    private const int Steps = 120;

    // By their meaning these remember every key, up to the cap.
    private static readonly string[] s_rememberEveryKey = ["change", "flatline"];

    /// <summary>All kinds but those, bands, which forget series once a week, and what needs the store or messages.</summary>
    public static TheoryData<string> Kinds => [.. RulesEqualBatchTests.Kinds
        .Where(kind => !kind.Text.Contains("kind: anomaly", StringComparison.Ordinal) && !kind.Text.Contains("look_back", StringComparison.Ordinal))
        .Select(kind => kind.Name).Where(name => name != "pattern_rate message" && !s_rememberEveryKey.Contains(name))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task State_HoursOfNewKeys_StaysAsLargeAsItWas(string name)
    {
        await using var bed = new StreamTestBed(new StreamOptions());
        bed.Append("host", new LogRow(0));
        string text = $"name: rule\n{RulesEqualBatchTests.Kinds.Single(kind => kind.Name == name).Text}\nevery: 10s\nlateness: 2s\nstorm_share: 100%\n";
        Rule rule = Assert.Single(RuleSet.Parse("r.yaml", text, new TenantTables(bed.Database, "default"), bed.NowTicks, RuleSet.Empty).Rules);
        ContinuousQuery query = RunningRule.Create(rule, new NoSink(), bed.Options, bed.Time).Query;
        bed.Pipeline.SetQueries([query], bed.NowTicks);
        var random = new Random(1);
        (long State, long Stored) before = default;
        for (int step = 0; step < Steps; step++)
        {
            bed.Append("host", [.. Enumerable.Range(0, 60).Select(row => Row(step, row, random))]);
            bed.Pass(StepMinutes * 60, stepSeconds: StepMinutes * 60);
            bed.Pipeline.HoldBudget(bed.NowTicks);
            await query.Consumer.DeliverAsync(CancellationToken.None);
            before = step == StepsToFill ? Sizes(query) : before;
        }

        (long state, long stored) = Sizes(query);
        Assert.True(query.Statistics.EvaluatedTicks >= StreamTestBed.Ticks((Steps - 1) * StepMinutes * 60));
        Assert.InRange(state, 0, (1.7 * before.State) + 2000);
        Assert.InRange(stored, 1, (1.7 * before.Stored) + 2000);
    }

    // Most rows are of services that come once.
    private static LogRow Row(int step, int row, Random random) => new(
        (step * 60 * StepMinutes) + (row * 2),
        row < 6 ? "service" + row : $"once{step}-{row}",
        row % 3 == 0 ? "info" : "error",
        random.Next(100));

    private static (long State, long Stored) Sizes(ContinuousQuery query)
    {
        using var stream = new MemoryStream();
        query.Write(new BinaryWriter(stream), 1);
        return (query.Statistics.StateBytes, stream.Length);
    }

    private sealed class NoSink : IAlertSink
    {
        public Task ApplyAsync(IReadOnlyList<AlertChange> changes, CancellationToken cancellationToken) => Task.CompletedTask;

        public void Refresh(AlertView alert)
        {
        }

        public void Withdraw(string id)
        {
        }
    }
}
