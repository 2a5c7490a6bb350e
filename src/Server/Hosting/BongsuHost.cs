namespace Bongsu.Server.Hosting;

/// <summary>Wires all rooms together and runs until asked to stop.</summary>
internal static class BongsuHost
{
    /// <summary>Runs a server.</summary>
    /// <returns>The process's exit code.</returns>
    public static Task<int> RunAsync(ServerOptions options, CancellationToken cancellation) =>
        throw new NotSupportedException($"serving {options.DataDirectory} is not wired yet {cancellation.IsCancellationRequested}");
}
