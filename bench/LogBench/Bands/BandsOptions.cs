using System.Globalization;

namespace Bongsu.LogBench.Bands;

/// <summary>What the command line asks for.</summary>
internal sealed record BandsOptions
{
    /// <summary>Components; series are components × APIs.</summary>
    public int Components { get; init; } = 20;

    /// <summary>APIs of a component.</summary>
    public int Apis { get; init; } = 500;

    /// <summary>Days of history.</summary>
    public int Days { get; init; } = 28;

    /// <summary>Minutes of a slot: a row and a value of each series.</summary>
    public int SlotMinutes { get; init; } = 5;

    /// <summary>Slots that come while the rule runs.</summary>
    public int LiveSlots { get; init; } = 8;

    /// <summary>Connections that load.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Where results go; null = printed only.</summary>
    public string? Results { get; init; }

    /// <summary>Where data goes while it runs; null = the system's temporary folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Series of the rule.</summary>
    public int Series => Components * Apis;

    /// <summary>The command that measures the same again.</summary>
    public string Command => string.Create(
        CultureInfo.InvariantCulture, $"./dev bench bands --components {Components} --apis {Apis} --days {Days} --slot {SlotMinutes} --live {LiveSlots}");

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">One is unknown or has no value.</exception>
    public static BandsOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new BandsOptions();
        for (int index = 0; index < arguments.Length; index += 2)
        {
            string name = arguments[index];
            string value = index + 1 < arguments.Length ? arguments[index + 1] : throw new ArgumentException($"{name} needs a value");
            options = name switch
            {
                "--components" => options with { Components = Number(value) },
                "--apis" => options with { Apis = Number(value) },
                "--days" => options with { Days = Number(value) },
                "--slot" => options with { SlotMinutes = Number(value) },
                "--live" => options with { LiveSlots = Number(value) },
                "--connections" => options with { Connections = Number(value) },
                "--folder" => options with { Folder = value },
                "--results" => options with { Results = value },
                _ => throw new ArgumentException($"unknown option {name}"),
            };
        }

        return options;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new ArgumentException($"'{text}' must be a number above 0");
}
