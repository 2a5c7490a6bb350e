using Bongsu.Conformance;

namespace Bongsu.Tests.Conformance;

/// <summary>The shared KQL cases, where they lie beside the repository: nothing fails but what is known to.</summary>
public sealed class KqlConformanceTests
{
    [KqlCasesFact]
    public void OpenCases_FailOnlyByWhatIsKnownToBeMissing()
    {
        string file = Path.Combine(KqlCasesFactAttribute.Folder, "open.jsonl");
        KnownGaps gaps = KnownGaps.Read();
        List<string> surprises = [];
        int passed = 0;
        foreach (KqlCase one in KqlCase.ReadAll(file).Where(one => !one.IsUnsure))
        {
            KqlOutcome outcome = KqlRunner.Run(one);
            passed += outcome.IsPassed ? 1 : 0;
            if (!outcome.IsPassed && !gaps.Explains(one, outcome))
            {
                surprises.Add($"{one.Id}: {outcome.Detail}");
            }
        }

        Assert.True(surprises.Count == 0, string.Join("\n", surprises));
        Assert.True(passed > 0);
    }

    [KqlCasesFact]
    public void ReferenceQueries_Parse()
    {
        string file = Path.Combine(KqlCasesFactAttribute.Folder, "parse.jsonl");
        var output = new StringWriter();
        KqlParseRunner.Run(file, output);
        string[] failures = [.. output.ToString().Split('\n').Where(line => line.StartsWith("parse-", StringComparison.Ordinal))];

        // Cross-cluster wildcards, inline external tables, entity groups, and templates that only look like queries.
        Assert.True(failures.Length <= 13, string.Join("\n", failures));
    }
}
