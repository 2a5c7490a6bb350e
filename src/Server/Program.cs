using System.CommandLine;
using Bongsu.Server.Cli;

RootCommand root = CommandTree.Build();
ParseResult parsed = root.Parse(args);
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
