using System.Text.RegularExpressions;
using Bongsu.Core.Batches;
using Bongsu.Core.Text;
using Bongsu.Core.Types;
using Bongsu.Query.Execution;
using Bongsu.Query.Functions;
using Bongsu.Query.Kql;
using Bongsu.Store.Scan;
using Bongsu.Tests.House;

namespace Bongsu.Tests.Query.Functions;

/// <summary>docs/guide/kql-functions.md lists exactly what is registered, and its examples are true.</summary>
public sealed partial class FunctionGuideTests
{
    private static readonly string[] s_lines =
        File.ReadAllLines(Path.Combine(RepositoryFiles.Root, "docs", "guide", "kql-functions.md"));

    public static TheoryData<string, string> Examples()
    {
        var examples = new TheoryData<string, string>();
        foreach (Match match in s_lines.Select(line => Example().Match(line)).Where(match => match.Success))
        {
            examples.Add(match.Groups[1].Value, match.Groups[2].Value);
        }

        return examples;
    }

    [Fact]
    public void Guide_HasOneLineForEveryFunction()
    {
        string[] written = [.. s_lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];
        string[] registered = [.. FunctionRegistry.ScalarNames.Select(name => FunctionRegistry.FindScalar(name)!.Signature).Distinct()];
        Assert.Equal(registered.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Guide_NamesEveryAlias()
    {
        string text = string.Join('\n', s_lines);
        IEnumerable<string> aliases = FunctionRegistry.ScalarNames.Where(name => FunctionRegistry.FindScalar(name)!.Name != name);
        Assert.DoesNotContain(aliases, alias => !text.Contains($"`{alias}`", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_GivesWhatIsWritten(string expression, string result)
    {
        BoundQuery query = KqlCompiler.Compile(
            $"print actual = ({expression}), expected = ({result})",
            EmptyCatalog.Instance,
            new CompileOptions { NowTicks = FunctionCase.NowTicks });
        Batch row = QueryEngine.Execute(query, new NoTables(), QueryLimits.Default, CancellationToken.None).Batches().Single();
        Scalar actual = row.Vectors[0].GetScalar(0);
        Scalar expected = row.Vectors[1].GetScalar(0);
        Assert.Equal(expected.Type, actual.Type);
        Assert.Equal(ScalarText.Format(expected), ScalarText.Format(actual));
    }

    [GeneratedRegex(@"\| `([^`]+)` → `([^`]+)` \|$")]
    private static partial Regex Example();

    private sealed class NoTables : ITableSource
    {
        public TableSnapshot? Snapshot(string table) => null;
    }
}
