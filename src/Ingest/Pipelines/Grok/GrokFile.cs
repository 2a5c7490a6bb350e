namespace Bongsu.Ingest.Pipelines.Grok;

/// <summary>Reads files of patterns: one a line, a name, a blank, the expression; lines that begin with # are
/// notes.</summary>
internal static class GrokFile
{
    /// <summary>Adds the patterns; a later one of the same name replaces an earlier.</summary>
    public static void Read(IEnumerable<string> lines, Dictionary<string, string> definitions)
    {
        foreach (string line in lines)
        {
            int blank = line.AsSpan().IndexOfAny(' ', '\t');
            if (blank > 0 && line[0] != '#')
            {
                definitions[line[..blank]] = line[blank..].Trim();
            }
        }
    }
}
