using Bongsu.Alert.Rules.Kinds;

namespace Bongsu.Alert.Rules;

/// <summary>All kinds of rules, as files name them.</summary>
internal static class RuleKinds
{
    private static readonly KindReader[] s_all =
    [
        new QueryKind(), new AnyKind(), ListKind.Black, ListKind.White, new FrequencyKind(), SpikeKind.OfRows, new FlatlineKind(),
        new ChangeKind(), new NewTermKind(), new CardinalityKind(), new MetricKind(), SpikeKind.OfAggregate, new PercentageKind(),
        new NewPatternKind(), new PatternRateKind(), new SequenceKind(), new JobKind(), new AnomalyKind(),
    ];

    private static readonly Dictionary<string, KindReader> s_byName = s_all.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>Names of all kinds.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(kind => kind.Name)];

    /// <summary>What reads a kind, or null where there is none of the name.</summary>
    public static KindReader? Find(string name) => s_byName.GetValueOrDefault(name);

    /// <summary>A kind as files name it.</summary>
    public static string NameOf(RuleKind kind) => Array.Find(s_all, reader => reader.Kind == kind)!.Name;

    /// <summary>Names of the kinds that have a key.</summary>
    public static IReadOnlyList<string> WithKey(string key) => [.. s_all.Where(kind => kind.Keys.Contains(key)).Select(kind => kind.Name)];
}
