using Bongsu.Store.Parts;

namespace Bongsu.Store.Merging;

/// <summary>Chooses parts to drop, by the age of their newest row and by the size of all data.</summary>
internal static class RetentionPolicy
{
    private const double DefaultDiskShare = 0.8;

    public static IEnumerable<(Table Table, List<Part> Expired)> Choose(
        IEnumerable<Table> tables,
        StoreOptions options,
        long diskBytes,
        long nowTicks)
    {
        var kept = new List<(Table Table, Part Part)>();
        var expired = new List<(Table Table, Part Part)>();
        foreach (Table table in tables)
        {
            TimeSpan? limit = options.RetentionAgeOf?.Invoke(table.Tenant, table.Name) ?? options.RetentionAge;
            foreach (Part part in table.Parts)
            {
                bool isOld = limit is { } age && part.MaxTicks < nowTicks - age.Ticks && HasStayed(part, options, nowTicks);
                (isOld ? expired : kept).Add((table, part));
            }
        }

        long limitBytes = options.RetentionBytes ?? (long)(diskBytes * DefaultDiskShare);
        long sizeBytes = kept.Sum(entry => entry.Part.SizeBytes);
        foreach ((Table table, Part part) in kept.OrderBy(entry => entry.Part.MaxTicks))
        {
            if (sizeBytes <= limitBytes)
            {
                break;
            }

            // A limit that nobody set must not lose what came in today: then the disk is simply full.
            if (options.RetentionBytes is not null || HasStayed(part, options, nowTicks))
            {
                expired.Add((table, part));
                sizeBytes -= part.SizeBytes;
            }
        }

        return expired.GroupBy(entry => entry.Table).Select(group => (group.Key, group.Select(entry => entry.Part).ToList()));
    }

    private static bool HasStayed(Part part, StoreOptions options, long nowTicks) =>
        part.Footer.MaxIngestedTicks < nowTicks - options.MinKeep.Ticks;
}
