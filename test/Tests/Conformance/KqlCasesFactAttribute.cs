using Bongsu.Tests.House;

namespace Bongsu.Tests.Conformance;

/// <summary>A test over the shared KQL cases; skipped where they do not lie beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KqlCasesFactAttribute : FactAttribute
{
    public KqlCasesFactAttribute()
    {
        if (!Directory.Exists(Folder))
        {
            Skip = "the shared KQL cases (../shared/kql-cases) are not here";
        }
    }

    public static string Folder { get; } = Path.Combine(RepositoryFiles.Root, "..", "shared", "kql-cases");
}
