using Bongsu.Alert.Alerts;

namespace Bongsu.Tests.Alert.Alerts;

/// <summary>One random life of a rule with three keys, compared with what its final windows say.</summary>
internal sealed class RuleStateScenario
{
    private const int Windows = 40;
    private const int Horizon = 12;

    private static readonly string[] s_keys = ["a", "b", "c"];

    private readonly int _seed;
    private readonly Random _random;
    private readonly int _for;
    private readonly int _keep;
    private readonly bool _onlyAdds;
    private readonly RuleStateBed _bed;
    private readonly long[,] _final = new long[3, Windows + 1];

    public RuleStateScenario(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        _for = _random.Next(3) * _random.Next(3);
        _keep = _random.Next(3) * _random.Next(4);
        _onlyAdds = _random.Next(3) == 0;
        _bed = new RuleStateBed(_for * RuleStateBed.EverySeconds, _keep * RuleStateBed.EverySeconds);
    }

    public void Run()
    {
        int corrections = _random.Next(3) * 3;
        double share = 0.2 + (_random.NextDouble() * 0.6);
        for (int window = 1; window <= Windows; window++)
        {
            for (int key = 0; key < s_keys.Length; key++)
            {
                bool wasHeld = _final[key, window - 1] > 0;
                _final[key, window] = _random.NextDouble() < (wasHeld ? 0.75 : share * 0.6) ? _random.Next(3, 9) : 0;
            }

            if (_random.Next(3) == 0)
            {
                _bed.Window(window, At(window).Where(_ => _random.Next(2) == 0).ToArray(), isEarly: true);
                MaybeRestore();
            }

            _bed.Window(window, At(window), finalThrough: window - Horizon);
            MaybeRestore();
            for (int correction = _random.Next(corrections + 1); correction > 0; correction--)
            {
                Correct(_random.Next(Math.Max(1, window - Horizon + 1), window + 1), window);
            }
        }

        _bed.Deliver();
        for (int key = 0; key < s_keys.Length; key++)
        {
            Check(key);
        }
    }

    private void Correct(int window, int latest)
    {
        int key = _random.Next(s_keys.Length);
        _final[key, window] = _onlyAdds || _random.Next(2) == 0 ? _random.Next(3, 9) : 0;
        _bed.Window(window, At(window), isCorrection: true, finalThrough: latest - Horizon);
        MaybeRestore();
    }

    // As the stream does it: a checkpoint comes before what it holds is handed over; a crash may lose what came after.
    private void MaybeRestore()
    {
        byte[] state = _bed.Save();
        switch (_random.Next(6))
        {
            case 0:
                _bed.Deliver();
                _bed.Restore(state);
                break;
            case 1:
                _bed.Restore(state);
                break;
            case 2 or 3:
                _bed.Deliver();
                break;
        }
    }

    private (string Key, long Count)[] At(int window) =>
        [.. s_keys.Select((key, index) => (key, _final[index, window])).Where(row => row.Item2 > 0)];

    private void Check(int key)
    {
        AlertView[] alerts = [.. _bed.Alerts.Where(alert => (string)alert.Key["service"]! == s_keys[key])];
        List<(int Start, int Firing, int End)> expected = Batch(key);
        var coveredBy = new AlertView?[Windows + 1];
        foreach (AlertView alert in alerts)
        {
            int end = alert.ResolvedAt is null ? Windows + 1 : RuleStateBed.WindowOf(alert.ResolvedAt);
            Require(alert.State == (alert.ResolvedAt is null ? "firing" : "resolved"), "state and time of its end differ");
            for (int window = RuleStateBed.WindowOf(alert.StartedAt); window < end; window++)
            {
                Require(coveredBy[window] is null, $"window {window} is in two alerts");
                coveredBy[window] = alert;
            }
        }

        foreach ((int start, int firing, int end) in expected)
        {
            Require(Enumerable.Range(start, end - start).All(window => coveredBy[window] is not null), $"{start}..{end} is missed");
            AlertView first = coveredBy[start]!;
            if (alerts.Count(alert => Covers(alert, start, end)) == 1 && RuleStateBed.WindowOf(first.StartedAt) == start)
            {
                Require(RuleStateBed.WindowOf(first.FiringSince!) == firing, $"{start}..{end} fires at another window");
            }
        }

        for (int window = 1; window <= Windows; window++)
        {
            if (coveredBy[window] is { } alert && !expected.Any(span => span.Start <= window && window < span.End))
            {
                bool isGap = expected.Any(span => span.End <= window && Covers(alert, span.Start, span.End))
                    && expected.Any(span => span.Start > window && Covers(alert, span.Start, span.End));
                Require(isGap && !_onlyAdds, $"window {window} did not fire");
            }
        }

        Require(alerts.All(alert => _bed.Told.Count(told => told == $"{alert.Id} firing") == 1), "an alert was told not once");
        string[] pending = [.. _bed.Pending.Where(alert => (string)alert.Key["service"]! == s_keys[key]).Select(alert => alert.StartedAt)];
        int? open = PendingSince(key);
        Require(pending.Length == (open is null ? 0 : 1), "pending is not listed, or listed wrongly");
        Require(open is null || RuleStateBed.WindowOf(pending[0]) == open, "pending since another window");

        bool Covers(AlertView alert, int start, int end) =>
            Enumerable.Range(start, end - start).Any(window => coveredBy[window] == alert);
    }

    private List<(int Start, int Firing, int End)> Batch(int key)
    {
        var spans = new List<(int, int, int)>();
        int start = 0, firing = 0, last = 0;
        for (int window = 1; window <= Windows + 1; window++)
        {
            if (window <= Windows && _final[key, window] > 0)
            {
                start = start == 0 ? window : start;
                firing = firing == 0 && window - start >= _for ? window : firing;
                last = window;
            }
            else if (window > Windows || firing == 0 || window - last >= _keep)
            {
                if (firing != 0)
                {
                    spans.Add((start, firing, window));
                }

                (start, firing) = (0, 0);
            }
        }

        return spans;
    }

    private int? PendingSince(int key)
    {
        int start = Windows;
        while (start > 0 && _final[key, start] > 0)
        {
            start--;
        }

        bool isFiring = Batch(key).Any(span => span.End == Windows + 1);
        return start == Windows || isFiring ? null : start + 1;
    }

    private void Require(bool holds, string fault) => Assert.True(holds, $"seed {_seed}, for {_for}, keep {_keep}: {fault}\n{Show()}");

    // The final windows of each key, and the alerts told.
    private string Show() => string.Join('\n', s_keys.Select((key, index) =>
    {
        string windows = string.Concat(Enumerable.Range(1, Windows).Select(window => _final[index, window] > 0 ? (char)('0' + (window % 10)) : '.'));
        IEnumerable<string> alerts = _bed.Alerts
            .Where(alert => (string)alert.Key["service"]! == key)
            .Select(alert => $"[{alert.StartedAt} {alert.FiringSince} {alert.ResolvedAt}]");
        return $"{key} {windows} {string.Join(' ', alerts)}";
    }));
}
