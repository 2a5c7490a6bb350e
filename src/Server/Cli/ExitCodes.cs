namespace Bongsu.Server.Cli;

/// <summary>Exit codes of all verbs.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>It did not; the reason is on standard error.</summary>
    public const int Failure = 1;

    /// <summary>The flags are wrong.</summary>
    public const int Usage = 2;
}
