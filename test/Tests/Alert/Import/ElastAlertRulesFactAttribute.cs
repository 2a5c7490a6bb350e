using Bongsu.Tests.House;

namespace Bongsu.Tests.Alert.Import;

/// <summary>A test over ElastAlert's example rules, which lie beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ElastAlertRulesFactAttribute : FactAttribute
{
    public ElastAlertRulesFactAttribute()
    {
        if (!Directory.Exists(Folder))
        {
            Skip = "the ElastAlert rules (../shared/elastalert2-rules) are not here";
        }
    }

    public static string Folder => Path.Combine(RepositoryFiles.Root, "../shared/elastalert2-rules");
}
