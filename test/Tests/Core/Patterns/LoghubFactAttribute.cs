namespace Bongsu.Tests.Core.Patterns;

/// <summary>A test over the loghub samples; skipped where they do not lie beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LoghubFactAttribute : FactAttribute
{
    public LoghubFactAttribute()
    {
        if (!Directory.Exists(Folder))
        {
            Skip = "the loghub samples (../shared/loghub) are not here";
        }
    }

    public static string Folder { get; } = Path.Combine(House.RepositoryFiles.Root, "..", "shared", "loghub");
}
