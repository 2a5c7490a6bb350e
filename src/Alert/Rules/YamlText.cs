using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Bongsu.Alert.Rules;

/// <summary>YAML from outside: whatever it is, it is read or refused.</summary>
internal static class YamlText
{
    // The library reads nested nodes by recursion; no rule needs more.
    private const int MaxDepth = 100;

    /// <summary>The documents of a text.</summary>
    /// <exception cref="YamlException">It is not YAML, or nested too deep.</exception>
    public static IReadOnlyList<YamlDocument> Load(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new ShallowParser(new Parser(new StringReader(text))));
            return [.. stream.Documents];
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What the library says of some broken anchors and aliases.
            throw new YamlException(new Mark(0, 1, 1), new Mark(0, 1, 1), exception.Message, exception);
        }
    }

    /// <summary>Refuses what is nested too deep before anything is built of it.</summary>
    private sealed class ShallowParser(IParser inner) : IParser
    {
        private int _depth;

        public ParsingEvent? Current => inner.Current;

        public bool MoveNext()
        {
            bool hasNext = inner.MoveNext();
            if (hasNext && (_depth += inner.Current!.NestingIncrease) > MaxDepth)
            {
                throw new YamlException(inner.Current.Start, inner.Current.End, $"nested deeper than {MaxDepth}");
            }

            return hasNext;
        }
    }
}
