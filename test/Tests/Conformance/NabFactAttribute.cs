using Bongsu.Tests.House;

namespace Bongsu.Tests.Conformance;

/// <summary>A test over the labelled series; skipped where they do not lie beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NabFactAttribute : FactAttribute
{
    public NabFactAttribute()
    {
        if (!Directory.Exists(Folder))
        {
            Skip = "the labelled series (../shared/nab) are not here";
        }
    }

    public static string Folder { get; } = Path.Combine(RepositoryFiles.Root, "..", "shared", "nab");
}
