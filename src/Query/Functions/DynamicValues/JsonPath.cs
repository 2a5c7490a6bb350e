using System.Globalization;
using System.Text;
using Bongsu.Core.Dynamic;

namespace Bongsu.Query.Functions.DynamicValues;

/// <summary>A path into a dynamic: <c>$.a.b[0]['c d']</c>. Immutable.</summary>
internal sealed class JsonPath
{
    private JsonPath(List<Step> steps)
    {
        Steps = steps;
    }

    /// <summary>From the root inwards.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>Reads a path; a text that does not begin with <c>$</c> is the name of one property. Null where it is no
    /// path.</summary>
    public static JsonPath? TryParse(string text)
    {
        if (!text.StartsWith('$'))
        {
            return new JsonPath([new Step(Encoding.UTF8.GetBytes(text), 0)]);
        }

        List<Step> steps = [];
        for (int position = 1; position < text.Length;)
        {
            int end;
            if (text[position] == '.')
            {
                end = text.AsSpan(position + 1).IndexOfAny('.', '[');
                end = end < 0 ? text.Length : position + 1 + end;
                steps.Add(new Step(Encoding.UTF8.GetBytes(text[(position + 1)..end]), 0));
                position = end;
                continue;
            }

            end = text[position] == '[' ? text.IndexOf(']', position) : -1;
            if (end < 0)
            {
                return null;
            }

            string inner = text[(position + 1)..end].Trim();
            if (inner.Length >= 2 && inner[0] is '\'' or '"' && inner[^1] == inner[0])
            {
                steps.Add(new Step(Encoding.UTF8.GetBytes(inner[1..^1]), 0));
            }
            else if (int.TryParse(inner, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index))
            {
                steps.Add(new Step(null, index));
            }
            else
            {
                return null;
            }

            position = end + 1;
        }

        return new JsonPath(steps);
    }

    /// <summary>Follows the path; false where it leads nowhere.</summary>
    public bool TryFollow(DynamicReader value, out DynamicReader found)
    {
        foreach (Step step in Steps)
        {
            if (!step.TryFollow(value, out DynamicReader next))
            {
                found = default;
                return false;
            }

            value = next;
        }

        found = value;
        return true;
    }

    /// <summary>One step: a property, or (without a name) an element, counted from the end where negative.</summary>
    public readonly record struct Step(byte[]? Name, int Index)
    {
        public bool TryFollow(DynamicReader value, out DynamicReader found)
        {
            if (Name is not null)
            {
                return value.TryGetProperty(Name, out found);
            }

            int count = value.Kind == DynamicKind.Array ? value.Count : 0;
            int position = Index < 0 ? count + Index : Index;
            bool isThere = position >= 0 && position < count;
            found = isThere ? value.ElementAt(position) : default;
            return isThere;
        }
    }
}
