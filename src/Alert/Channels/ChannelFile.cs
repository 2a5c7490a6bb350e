using System.Text.RegularExpressions;
using Bongsu.Alert.Rules;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Alert.Channels;

/// <summary>Reads <c>channels.yaml</c>: <c>channels:</c> with a mapping of names.</summary>
internal static partial class ChannelFile
{
    /// <summary>Its name in the rules folder.</summary>
    public const string FileName = "channels.yaml";

    /// <summary>The channels of the file; what is wrong goes to <paramref name="errors"/>.</summary>
    /// <param name="file">Its name, for errors.</param>
    /// <param name="text">Its content.</param>
    /// <param name="environment">Value of an environment variable, or null.</param>
    /// <param name="errors">Added to.</param>
    public static List<Channel> Read(string file, string text, Func<string, string?> environment, List<RuleError> errors)
    {
        var channels = new List<Channel>();
        try
        {
            foreach (YamlDocument document in YamlSection.Documents(file, text))
            {
                var root = new YamlSection(file, document.RootNode, "the file");
                YamlNode list = root.Find("channels") ?? throw root.Error(document.RootNode, "'channels' is missing");
                root.RequireAllKnown();
                var byName = new YamlSection(file, list, "'channels'");
                foreach (string name in byName.Keys)
                {
                    channels.Add(ReadChannel(file, name, byName.Find(name)!, environment));
                }
            }
        }
        catch (RuleException exception)
        {
            errors.Add(exception.Error);
        }

        return channels;
    }

    private static Channel ReadChannel(string file, string name, YamlNode node, Func<string, string?> environment)
    {
        var section = new YamlSection(file, node, $"channel '{name}'");
        YamlScalarNode? webhook = section.Text("webhook");
        YamlScalarNode? slack = section.Text("slack");
        IReadOnlyDictionary<string, YamlScalarNode> headers = section.Texts("headers");
        TimeSpan timeout = section.Duration("timeout") ?? TimeSpan.FromSeconds(10);
        YamlScalarNode? sendsResolved = section.Text("send_resolved");
        section.RequireAllKnown();
        if (webhook is null == slack is null)
        {
            throw section.Error(node, $"channel '{name}' needs either 'webhook' or 'slack' with an address");
        }

        YamlScalarNode address = (webhook ?? slack)!;
        if (!Uri.TryCreate(Expand(section, address, environment), UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            throw section.Error(address, $"the address of channel '{name}' must begin with http:// or https://");
        }

        if (timeout < TimeSpan.FromMilliseconds(100) || timeout > TimeSpan.FromMinutes(2))
        {
            throw section.Error(section.Find("timeout")!, "'timeout' must be 100ms to 2m");
        }

        if (sendsResolved is not null and not { Value: "true" or "false" })
        {
            throw section.Error(sendsResolved, $"'send_resolved' is '{sendsResolved.Value}', expected true or false");
        }

        return new Channel
        {
            Name = name,
            Kind = webhook is null ? ChannelKind.Slack : ChannelKind.Webhook,
            Address = uri,
            Headers = headers.ToDictionary(header => header.Key, header => ExpandHeader(section, header.Key, header.Value, environment)),
            Timeout = timeout,
            SendsResolved = sendsResolved?.Value != "false",
        };
    }

    private static string ExpandHeader(YamlSection section, string name, YamlScalarNode node, Func<string, string?> environment)
    {
        string value = Expand(section, node, environment);
        bool isValid = HeaderName().IsMatch(name) && !value.Any(char.IsControl);
        return isValid ? value : throw section.Error(node, $"'{name}' is not a header with a value on one line");
    }

    private static string Expand(YamlSection section, YamlScalarNode node, Func<string, string?> environment) =>
        Variable().Replace(node.Value ?? "", match =>
            environment(match.Groups[1].Value) is { Length: > 0 } value
                ? value
                : throw section.Error(node, $"the environment variable {match.Groups[1].Value} is not set"));

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Variable();

    [GeneratedRegex("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")]
    private static partial Regex HeaderName();
}
