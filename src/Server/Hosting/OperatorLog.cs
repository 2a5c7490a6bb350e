namespace Bongsu.Server.Hosting;

/// <summary>Writes what an operator should know to standard error, one line each.</summary>
internal static class OperatorLog
{
    /// <summary>Writes a line.</summary>
    /// <param name="room">Who says it.</param>
    /// <param name="level">How serious it is.</param>
    /// <param name="message">What.</param>
    /// <param name="cause">Why, if something failed; its stack is written where it is an error.</param>
    public static void Write(string room, string level, string message, Exception? cause)
    {
        string reason = cause is null ? "" : level == "error" ? $"\n{cause}" : $": {cause.Message}";
        Console.Error.WriteLine($"bongsu: {room}: {level}: {message}{reason}");
    }
}
