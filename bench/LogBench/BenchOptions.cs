using System.Globalization;

namespace Bongsu.LogBench;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions
{
    /// <summary>Rows to make.</summary>
    public long Rows { get; init; } = 5_000_000;

    /// <summary>Days they lie in.</summary>
    public int Days { get; init; } = 1;

    /// <summary>Seed of the generator.</summary>
    public ulong Seed { get; init; } = 20261101;

    /// <summary>Whether other engines run too.</summary>
    public bool HasPeers { get; init; }

    /// <summary>A file in place of generated rows.</summary>
    public string? File { get; init; }

    /// <summary>Connections that load.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Where data goes while it runs.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>Where results go; null = printed only.</summary>
    public string? Results { get; init; }

    /// <summary>An SVG file to draw the result in.</summary>
    public string? Chart { get; init; }

    /// <summary>An earlier result to compare the growth of times with.</summary>
    public string? Against { get; init; }

    /// <summary>The command that measures the same again, without places on this machine.</summary>
    public string Command
    {
        get
        {
            var defaults = new BenchOptions();
            string[] parts =
            [
                "./dev bench logs",
                File is not null ? $"--file {Path.GetFileName(File)}" : Rows != defaults.Rows ? $"--rows {Rows}" : "",
                File is null && Days != defaults.Days ? $"--days {Days}" : "",
                File is null && Seed != defaults.Seed ? $"--seed {Seed}" : "",
                Connections != defaults.Connections ? $"--connections {Connections}" : "",
                HasPeers ? "--peers" : "",
            ];
            return string.Join(' ', parts.Where(part => part.Length > 0));
        }
    }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">One is unknown or has no value.</exception>
    public static BenchOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new BenchOptions();
        for (int index = 0; index < arguments.Length; index++)
        {
            string name = arguments[index];
            if (name == "--peers")
            {
                options = options with { HasPeers = true };
                continue;
            }

            string value = index + 1 < arguments.Length ? arguments[++index] : throw new ArgumentException($"{name} needs a value");
            options = name switch
            {
                "--rows" => options with { Rows = long.Parse(value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) },
                "--days" => options with { Days = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seed" => options with { Seed = ulong.Parse(value, CultureInfo.InvariantCulture) },
                "--connections" => options with { Connections = int.Parse(value, CultureInfo.InvariantCulture) },
                "--file" => options with { File = value },
                "--folder" => options with { Folder = value },
                "--results" => options with { Results = value },
                "--chart" => options with { Chart = value },
                "--against" => options with { Against = value },
                _ => throw new ArgumentException($"unknown option {name}"),
            };
        }

        return options;
    }
}
