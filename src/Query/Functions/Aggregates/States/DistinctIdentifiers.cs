using Bongsu.Core.Vectors;

namespace Bongsu.Query.Functions.Aggregates.States;

/// <summary>Counts distinct identifiers over several shared dictionaries, each of distinct entries.</summary>
internal static class DistinctIdentifiers
{
    private const int WidthBytes = 16;

    /// <summary>Counts.</summary>
    /// <param name="sources">Dictionaries and their marked entries.</param>
    /// <param name="workers">Most threads.</param>
    /// <param name="count">The number of distinct identifiers.</param>
    /// <returns>False where they are not all of one form of sixteen bytes.</returns>
    public static bool TryCount(IReadOnlyList<(SharedDictionary Dictionary, Bitmap Marks)> sources, int workers, out long count)
    {
        count = 0;
        if (sources.Count == 1)
        {
            count = sources[0].Marks.CountSet();
            return true;
        }

        IdentifierForm form = sources[0].Dictionary.Form;
        foreach ((SharedDictionary dictionary, Bitmap _) in sources)
        {
            if (dictionary.Form != form || dictionary.WidthBytes != WidthBytes)
            {
                return false;
            }
        }

        bool hasEmpty = sources.Any(source => source.Dictionary.EmptyCode >= 0 && source.Marks[source.Dictionary.EmptyCode]);
        count = new DistinctWide(sources, workers).Count() + (hasEmpty ? 1 : 0);
        return true;
    }
}
