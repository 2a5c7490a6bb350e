using System.CommandLine;
using Bongsu.Server.Auth;

namespace Bongsu.Server.Cli;

/// <summary><c>bongsu keys create | list | remove</c>: the API keys of a data directory.</summary>
internal static class KeysCommand
{
    private static readonly Option<string> s_data = new("--data")
    {
        Description = "The server's data directory",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("BONGSU_DATA") ?? "./data",
    };

    /// <summary>Builds the verb.</summary>
    public static Command Build() => new(
        "keys",
        """
        Create, list and remove API keys. As soon as there is one, every request needs a key. A running server notices within seconds.

        Example: bongsu keys create --scopes ingest --note 'rsyslog on web-1'
        """)
    {
        BuildCreate(),
        BuildList(),
        BuildRemove(),
    };

    private static Command BuildCreate()
    {
        var tenant = new Option<string>("--tenant") { Description = "Its tenant", DefaultValueFactory = _ => "default" };
        var scopes = new Option<string>("--scopes")
        {
            Description = "What it may do: ingest, query, admin (comma-separated)",
            DefaultValueFactory = _ => "admin",
        };
        var note = new Option<string>("--note") { Description = "What it is for", DefaultValueFactory = _ => "" };
        var command = new Command("create", "Make a key and print it, this once") { s_data, tenant, scopes, note };
        command.SetAction(parsed =>
        {
            if (!ScopeNames.TryParse(parsed.GetValue(scopes)!, out Scopes parsedScopes))
            {
                Console.Error.WriteLine($"bongsu: --scopes {parsed.GetValue(scopes)}: expected ingest, query or admin, separated by commas");
                return ExitCodes.Usage;
            }

            Console.Out.WriteLine(OpenKeys(parsed).Create(parsed.GetValue(tenant)!, parsedScopes, parsed.GetValue(note)!));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command BuildList()
    {
        var command = new Command("list", "Show the keys (never their secret part)") { s_data };
        command.SetAction(parsed =>
        {
            foreach (ApiKey key in OpenKeys(parsed).Keys.OrderBy(key => key.CreatedAt))
            {
                Console.Out.WriteLine($"{key.Id}  {key.Tenant}  {string.Join(',', key.Scopes)}  {key.CreatedAt:yyyy-MM-dd HH:mm}Z  {key.Note}");
            }
        });
        return command;
    }

    private static Command BuildRemove()
    {
        var id = new Argument<string>("id") { Description = "The key's id, as 'bongsu keys list' shows it" };
        var command = new Command("remove", "Remove a key") { id, s_data };
        command.SetAction(parsed =>
        {
            if (OpenKeys(parsed).Remove(parsed.GetValue(id)!))
            {
                return ExitCodes.Success;
            }

            Console.Error.WriteLine($"bongsu: no key has the id '{parsed.GetValue(id)}'");
            return ExitCodes.Failure;
        });
        return command;
    }

    private static ApiKeyFile OpenKeys(ParseResult parsed) => new(parsed.GetValue(s_data)!, TimeProvider.System);
}
