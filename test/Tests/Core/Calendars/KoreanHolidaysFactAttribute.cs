using Bongsu.Tests.House;

namespace Bongsu.Tests.Core.Calendars;

/// <summary>A test that reads the published holidays beside the repository, and is skipped where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KoreanHolidaysFactAttribute : FactAttribute
{
    public KoreanHolidaysFactAttribute()
    {
        if (!File.Exists(Published))
        {
            Skip = "the published holidays (../shared/korean-holidays) are not here";
        }
    }

    public static string Published { get; } =
        Path.Combine(RepositoryFiles.Root, "..", "shared", "korean-holidays", "kr_public_holidays_2015_2030.csv");
}
