using Bongsu.Alert.Rules;
using Bongsu.Core.Collections;
using Bongsu.Core.Text;
using Bongsu.Core.Vectors;

namespace Bongsu.Alert.Judges;

/// <summary>The annotated spans of one key, ordered and without overlaps. Immutable.</summary>
internal sealed class LeftOutSpans
{
    private readonly long[] _from;
    private readonly long[] _to;

    private LeftOutSpans(IEnumerable<AnnotatedSpan> spans)
    {
        var merged = new List<(long From, long To)>();
        foreach (AnnotatedSpan span in spans.OrderBy(span => span.FromTicks))
        {
            if (merged.Count > 0 && merged[^1].To >= span.FromTicks)
            {
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, span.ToTicks));
            }
            else
            {
                merged.Add((span.FromTicks, span.ToTicks));
            }
        }

        _from = [.. merged.Select(span => span.From)];
        _to = [.. merged.Select(span => span.To)];
    }

    /// <summary>No span.</summary>
    public static LeftOutSpans None { get; } = new([]);

    /// <summary>Those of a key.</summary>
    /// <param name="spans">Of the key's rule.</param>
    /// <param name="names">Names of the key columns.</param>
    /// <param name="keys">The key columns.</param>
    /// <param name="row">The key's row there.</param>
    public static LeftOutSpans Of(ValueList<AnnotatedSpan> spans, IReadOnlyList<string> names, IReadOnlyList<Vector> keys, int row)
    {
        AnnotatedSpan[] own = [.. spans.Where(span => span.IsFor(ValueOf))];
        return own.Length == 0 ? None : new LeftOutSpans(own);

        string? ValueOf(string name)
        {
            int column = Array.IndexOf([.. names], name);
            return column < 0 ? null : ScalarText.Format(keys[column].GetScalar(row));
        }
    }

    /// <summary>Whether a slot lies in a span, be it in part.</summary>
    public bool Touch(long startTicks, long endTicks)
    {
        // The last span that begins before the slot's end.
        int index = Array.BinarySearch(_from, endTicks - 1);
        index = index >= 0 ? index : ~index - 1;
        return index >= 0 && _to[index] > startTicks;
    }
}
