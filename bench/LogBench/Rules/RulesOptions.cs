using System.Globalization;

namespace Bongsu.LogBench.Rules;

/// <summary>What the command line asks for.</summary>
internal sealed record RulesOptions
{
    /// <summary>Rules that run.</summary>
    public int Rules { get; init; } = 5_000;

    /// <summary>Rows sent in a second.</summary>
    public int Rate { get; init; } = 100_000;

    /// <summary>How long it is measured, after the warm-up.</summary>
    public int Seconds { get; init; } = 120;

    /// <summary>Connections that send.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Alerts that fire (and resolve) in ten seconds.</summary>
    public int Alerts { get; init; } = 100;

    /// <summary>Where results go; null = printed only.</summary>
    public string? Results { get; init; }

    /// <summary>The command that measures the same again.</summary>
    public string Command => string.Create(
        CultureInfo.InvariantCulture, $"./dev bench rules --rules {Rules} --rate {Rate} --seconds {Seconds} --alerts {Alerts}");

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">One is unknown or has no value.</exception>
    public static RulesOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new RulesOptions();
        for (int index = 0; index < arguments.Length; index += 2)
        {
            string name = arguments[index];
            string value = index + 1 < arguments.Length ? arguments[index + 1] : throw new ArgumentException($"{name} needs a value");
            options = name switch
            {
                "--rules" => options with { Rules = Number(value) },
                "--rate" => options with { Rate = Number(value) },
                "--seconds" => options with { Seconds = Number(value) },
                "--connections" => options with { Connections = Number(value) },
                "--alerts" => options with { Alerts = Number(value) },
                "--results" => options with { Results = value },
                _ => throw new ArgumentException($"unknown option {name}"),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
