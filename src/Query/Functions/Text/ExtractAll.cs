using System.Text;
using System.Text.RegularExpressions;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;
using Bongsu.Query.Functions.Matching;

namespace Bongsu.Query.Functions.Text;

/// <summary>All matches: the one capture group, or an array of the capture groups (those named, if a list is
/// given).</summary>
internal sealed class ExtractAll() : SignedFunction(
    "extract_all(pattern:string, groups:any, source:string?) -> dynamic", "extractall")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        bool hasGroups = arguments.Count == 3;
        int source = hasGroups ? 2 : 1;
        if (arguments[source].Type is not (ScalarType.String or ScalarType.Dynamic) || (hasGroups && arguments[1].Type != ScalarType.Dynamic))
        {
            throw new FunctionException($"extract_all() expects a string as source, and a dynamic array of groups: {Signature}", source);
        }

        types[source] = ScalarType.String;
        var pattern = new RegexArgument(arguments[0], 0);
        var kernel = new RowKernel<DynamicVectorBuilder, Operation>(new Operation(pattern, hasGroups), ScalarType.Dynamic, types);
        return pattern.Constant is { } constant ? new CandidateKernel(kernel, source, constant) : kernel;
    }

    private struct Operation(RegexArgument pattern, bool hasGroups) : IRowOperation<DynamicVectorBuilder>
    {
        private RegexArgument _pattern = pattern;

        public void Append(in Row row, DynamicVectorBuilder output)
        {
            RegexPattern pattern = _pattern.For(row.Text(0));
            List<int> groups = hasGroups ? ReadGroups(row.Dynamic(1), pattern) : Enumerable.Range(1, pattern.GroupCount).ToList();
            if (groups.Count == 0 && !hasGroups)
            {
                groups.Add(0);
            }

            ReadOnlySpan<byte> source = row.Text(hasGroups ? 2 : 1);
            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            bool isFound = false;
            if (pattern.MayMatch(source) && pattern.Regex.IsMatch(row.Scratch.Chars(source)))
            {
                for (Match match = pattern.Regex.Match(Encoding.UTF8.GetString(source)); match.Success; match = match.NextMatch())
                {
                    isFound = true;
                    WriteMatch(match, groups, writer);
                }
            }

            writer.EndArray();
            output.Append(isFound ? writer.Written : default);
        }

        private static void WriteMatch(Match match, List<int> groups, DynamicWriter writer)
        {
            if (groups.Count == 1)
            {
                writer.WriteString(match.Groups[groups[0]].Value);
                return;
            }

            writer.BeginArray();
            foreach (int group in groups)
            {
                writer.WriteString(match.Groups[group].Value);
            }

            writer.EndArray();
        }

        private static List<int> ReadGroups(DynamicReader array, RegexPattern pattern)
        {
            List<int> groups = [];
            for (int index = 0; index < array.Count; index++)
            {
                DynamicReader element = array.ElementAt(index);
                string name = element.Kind == DynamicKind.String ? element.AsString : "";
                int group = element.Kind == DynamicKind.Long ? (int)element.AsLong
                    : Enumerable.Range(1, pattern.GroupCount).FirstOrDefault(number => pattern.GroupNames[number - 1] == name, -1);
                if (group < 0 || group > pattern.GroupCount)
                {
                    throw new FunctionException($"extract_all(): the pattern has no group {ScalarText.FormatDynamic(element)}", 1);
                }

                groups.Add(group);
            }

            return groups;
        }
    }
}
