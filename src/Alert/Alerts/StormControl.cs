using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bongsu.Alert.Channels;

namespace Bongsu.Alert.Alerts;

/// <summary>
/// Many alerts at once become one: the keys of a rule past a share of them, and rules past a number within a minute.
/// Decides; tells nobody. One owner.
/// </summary>
internal sealed class StormControl
{
    /// <summary>Kind of an alert that stands for many.</summary>
    public const string Kind = "storm";

    /// <summary>In the place of a rule's name, where several fire. No rule can be called so.</summary>
    public const string SeveralRules = "(several rules)";

    private const int MaxListed = 20;
    private static readonly long s_atOnceTicks = TimeSpan.TicksPerMinute;

    private readonly int _rulesAtOnce;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, Storm> _storms = new(StringComparer.Ordinal);
    private readonly List<(AlertView Alert, long Ticks)> _told = [];

    /// <summary>Calm.</summary>
    /// <param name="rulesAtOnce">So many rules within a minute are a storm; 0 = they never are.</param>
    /// <param name="time">The clock.</param>
    public StormControl(int rulesAtOnce, TimeProvider time)
    {
        _rulesAtOnce = rulesAtOnce;
        _time = time;
    }

    /// <summary>Takes up what was before a restart.</summary>
    public void Load(IReadOnlyCollection<AlertView> alerts)
    {
        foreach (AlertView alert in alerts.Where(alert => alert.Kind == Kind && alert.State == "firing"))
        {
            var storm = new Storm { Alert = alert, JoinedTicks = Ticks(alert.FiredAt) };
            JsonNode? names = alert.Values[alert.Rule == SeveralRules ? "rules" : "keys"];
            storm.Names.AddRange((names as JsonArray ?? []).Select(name => (string)name!));
            _storms[alert.Id] = storm;
        }

        foreach (AlertView alert in alerts.OrderBy(alert => alert.FiredAt, StringComparer.Ordinal))
        {
            if (alert.Storm is { } id && _storms.TryGetValue(id, out Storm? storm))
            {
                storm.Names.Add(NameIn(storm.Alert, alert));
                storm.JoinedTicks = Math.Max(storm.JoinedTicks, Ticks(alert.FiredAt));
                if (alert.State == "firing")
                {
                    storm.Firing.Add(alert.Id);
                }
            }

            _told.Add((alert, Ticks(alert.FiredAt)));
        }
    }

    /// <summary>Which of the alerts that fire now are told alone, and which in a storm.</summary>
    /// <returns>All of them, marked, and the storms that came or grew.</returns>
    public List<AlertView> Group(IReadOnlyList<StoredAlert> fresh)
    {
        long now = _time.GetUtcNow().UtcTicks;
        _told.RemoveAll(told => told.Ticks < now - s_atOnceTicks);
        var alone = new List<AlertView>();
        var all = new Dictionary<string, AlertView>(StringComparer.Ordinal);
        foreach (IGrouping<string, StoredAlert> rule in fresh.GroupBy(stored => stored.Alert.Rule))
        {
            StoredAlert[] keys = [.. rule.Where(stored => stored.StormSize > 0 && stored.Alert.Kind == "condition")];
            alone.AddRange(rule.Except(keys).Select(stored => stored.Alert));
            alone.AddRange(Join(rule.Key, [.. keys.Select(key => key.Alert)], keys.Length == 0 ? 0 : keys.Max(key => key.StormSize), now, all));
        }

        AlertView[] told = [.. _told.Select(entry => entry.Alert).Where(alert => alert.Rule != SeveralRules)];
        int rules = alone.Concat(told).Select(alert => alert.Rule).Distinct(StringComparer.Ordinal).Count();
        if (alone.Count > 0 && _rulesAtOnce > 0 && rules >= _rulesAtOnce)
        {
            alone = [.. JoinStorm(SeveralRules, alone, told, now, all)];
        }

        foreach (AlertView alert in alone)
        {
            all[alert.Id] = alert;
        }

        _told.AddRange(all.Values.Select(alert => (alert, now)));
        return [.. all.Values];
    }

    /// <summary>After a member's end, or its going on after all.</summary>
    /// <returns>The storms that changed.</returns>
    public List<AlertView> Note(IEnumerable<AlertView> members)
    {
        var changed = new Dictionary<string, Storm>(StringComparer.Ordinal);
        foreach (AlertView member in members)
        {
            if (member.Storm is { } id && _storms.TryGetValue(id, out Storm? storm) &&
                (member.State == "firing" ? storm.Firing.Add(member.Id) : storm.Firing.Remove(member.Id)))
            {
                changed[id] = storm;
                if (member.State != "firing")
                {
                    storm.Alert = storm.Alert with { ResolvedAt = Later(storm.Alert.ResolvedAt, member.ResolvedAt) };
                }
            }
        }

        var alerts = new List<AlertView>();
        foreach (Storm storm in changed.Values)
        {
            bool isOver = storm.Firing.Count == 0;
            AlertView alert = Show(storm) with { State = isOver ? "resolved" : "firing", Revision = storm.Alert.Revision + 1 };
            storm.Alert = alert;
            alerts.Add(isOver ? alert : alert with { ResolvedAt = null });
            if (isOver)
            {
                _storms.Remove(alert.Id);
            }
        }

        // A storm of a rule may be one of several rules'.
        return alerts.Count == 0 ? alerts : [.. alerts, .. Note(alerts.Where(alert => alert.Storm is not null))];
    }

    // Those told alone.
    private IEnumerable<AlertView> Join(
        string rule, AlertView[] keys, int size, long now, Dictionary<string, AlertView> all)
    {
        AlertView[] told = [.. _told.Select(entry => entry.Alert)
            .Where(alert => alert.Rule == rule && alert.Kind == "condition" && alert.Storm is null)];
        int going = _storms.Values.Where(storm => storm.Alert.Rule == rule).Sum(storm => storm.Firing.Count);
        return keys.Length > 0 && keys.Length + told.Length + going >= size ? JoinStorm(rule, keys, told, now, all) : keys;
    }

    // The storm itself, where it is new.
    private IEnumerable<AlertView> JoinStorm(
        string rule, IReadOnlyList<AlertView> members, AlertView[] toldBefore, long now, Dictionary<string, AlertView> all)
    {
        Storm? storm = _storms.Values.FirstOrDefault(storm =>
            storm.Alert.Rule == rule && (rule != SeveralRules || storm.JoinedTicks >= now - s_atOnceTicks));
        bool isNew = storm is null;
        if (storm is null)
        {
            storm = New(rule, members);
            storm.Names.AddRange(toldBefore.Select(alert => NameIn(storm.Alert, alert)).Distinct(StringComparer.Ordinal));
            _storms.Add(storm.Alert.Id, storm);
        }

        foreach (AlertView member in members)
        {
            all[member.Id] = member with { Storm = storm.Alert.Id };
            if (_storms.TryGetValue(member.Id, out Storm? smaller))
            {
                smaller.Alert = all[member.Id];
            }

            storm.Firing.Add(member.Id);
            storm.Names.Add(NameIn(storm.Alert, member));
        }

        storm.JoinedTicks = now;
        storm.Alert = Show(storm) with
        {
            Revision = isNew ? 1 : storm.Alert.Revision + 1,
            ResolvedAt = null,
            Channels = [.. storm.Alert.Channels.Union(members.SelectMany(member => member.Channels))],
            Severity = Math.Min(storm.Alert.Severity, members.Min(member => member.Severity)),
        };
        if (isNew)
        {
            return [storm.Alert];
        }

        all[storm.Alert.Id] = storm.Alert;
        return [];
    }

    private Storm New(string rule, IReadOnlyList<AlertView> members)
    {
        AlertView first = members[0];
        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{rule}\nstorm\n{first.Id}")).AsSpan(0, 12));
        return new Storm
        {
            JoinedTicks = 0,
            Alert = first with
            {
                Id = id,
                Rule = rule,
                Kind = Kind,
                Key = [],
                FiredAt = Bongsu.Core.Text.ScalarText.FormatDateTime(_time.GetUtcNow().UtcTicks),
                StartedAt = members.Min(member => member.StartedAt)!,
                Labels = first.Labels.Where(label => members.All(member => member.Labels.GetValueOrDefault(label.Key) == label.Value))
                    .ToDictionary(label => label.Key, label => label.Value),
                Query = $"Alerts\n| where storm == '{id}'\n| summarize arg_max(revision, *) by alert_id",
                Storm = null,
            },
        };
    }

    private static AlertView Show(Storm storm)
    {
        string[] names = [.. storm.Names.Distinct(StringComparer.Ordinal)];
        string[] listed = [.. names.Take(MaxListed)];
        bool isOfRules = storm.Alert.Rule == SeveralRules;
        string what = isOfRules ? "rules" : $"keys of {storm.Alert.Rule}";
        string verb = storm.Firing.Count > 0 ? "fire at once" : "fired at once, none does any more";
        string more = names.Length > 3 ? ", …" : "";
        string summary = string.Create(CultureInfo.InvariantCulture, $"{names.Length} {what} {verb}: {string.Join(", ", names.Take(3))}{more}");
        return storm.Alert with
        {
            Values = new JsonObject
            {
                ["count"] = names.Length,
                ["firing"] = storm.Firing.Count,
                [isOfRules ? "rules" : "keys"] = new JsonArray([.. listed.Select(name => (JsonNode)name)]),
                ["more"] = names.Length - listed.Length,
            },
            Annotations = new Dictionary<string, string> { ["summary"] = summary },
        };
    }

    private static string NameIn(AlertView storm, AlertView member) =>
        storm.Rule == SeveralRules ? member.Rule : AlertText.Line(member.Key);

    private static string? Later(string? one, string? other) => string.CompareOrdinal(one, other) > 0 ? one : other;

    private static long Ticks(string time) => DateTime.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).Ticks;
}
