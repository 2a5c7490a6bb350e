namespace Bongsu.EndToEnd;

/// <summary>A test of a real client; left out, and said so, where the client is not installed (<c>./dev test</c>
/// installs them all).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClientFactAttribute : FactAttribute
{
    /// <summary>A test that needs files or programs.</summary>
    /// <param name="needed">Full paths, or paths below test/EndToEnd/clients.</param>
    public ClientFactAttribute(params string[] needed)
    {
        string[] missing = [.. needed.Select(ClientPrograms.Find).Where(path => !Path.Exists(path))];
        if (missing.Length > 0)
        {
            Skip = $"not installed: {string.Join(", ", missing)}";
        }
    }
}
