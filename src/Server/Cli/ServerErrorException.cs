namespace Bongsu.Server.Cli;

/// <summary>The server answered with an error; the message is for the user.</summary>
internal sealed class ServerErrorException(string message) : Exception(message);
