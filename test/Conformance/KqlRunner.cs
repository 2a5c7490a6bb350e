using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Query;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;

namespace Bongsu.Conformance;

/// <summary>Runs a file of KQL cases against the engine.</summary>
internal static class KqlRunner
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(20);

    /// <summary>Runs the cases, prints what failed, closes with <c>N passed, N failed</c>.</summary>
    /// <param name="arguments">A file; <c>--only-supported</c> sets aside what <see cref="KnownGaps"/> explains;
    /// <c>--id</c> picks by the start of the id.</param>
    /// <param name="output">Where to print.</param>
    /// <returns>1 if any failed.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output)
    {
        string? file = null;
        string prefix = "";
        bool onlySupported = false;
        for (int index = 0; index < arguments.Count; index++)
        {
            switch (arguments[index])
            {
                case "--only-supported":
                    onlySupported = true;
                    break;
                case "--id" when index + 1 < arguments.Count:
                    prefix = arguments[++index];
                    break;
                default:
                    file = arguments[index];
                    break;
            }
        }

        if (file is null || !File.Exists(file))
        {
            output.WriteLine(file is null ? "no file of cases given" : $"{file}: no such file");
            return 2;
        }

        return Report(
            KqlCase.ReadAll(file).Where(one => one.Id.StartsWith(prefix, StringComparison.Ordinal)),
            onlySupported,
            output);
    }

    /// <summary>Runs one case.</summary>
    public static KqlOutcome Run(KqlCase one)
    {
        try
        {
            using var cancellation = new CancellationTokenSource(s_timeout);
            BoundQuery query = KqlCompiler.Compile(
                one.Query,
                EmptyCatalog.Instance,
                new CompileOptions { NowTicks = TimeProvider.System.GetUtcNow().UtcTicks });
            QueryResult result = QueryEngine.Execute(query, new NoTables(), QueryLimits.Default, cancellation.Token);
            List<Scalar[]> rows = [];
            foreach (Batch batch in result.Batches())
            {
                for (int row = 0; row < batch.RowCount; row++)
                {
                    rows.Add([.. batch.Vectors.ToArray().Select(vector => vector.GetScalar(row))]);
                }
            }

            string? difference = TableComparer.Difference(one, result.Schema, rows);
            return new KqlOutcome(one.Id, difference is null, one.IsUnsure, null, difference ?? "");
        }
        catch (QueryException error)
        {
            string suggestion = error.Suggestion is null ? "" : $" (did you mean {error.Suggestion}?)";
            return new KqlOutcome(
                one.Id,
                false,
                one.IsUnsure,
                error.Code,
                $"{error.Code}: {error.Message}{suggestion} at {error.Span.Start}");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A case that breaks the engine is a failure of that case; the others still run.
            return new KqlOutcome(
                one.Id,
                false,
                one.IsUnsure,
                null,
                $"{error.GetType().Name}: {error.Message} {error.StackTrace?.Split('\n').FirstOrDefault()}");
        }
    }

    private static int Report(IEnumerable<KqlCase> cases, bool onlySupported, TextWriter output)
    {
        int passed = 0;
        int failed = 0;
        int unsurePassed = 0;
        int unsureFailed = 0;
        int skipped = 0;
        KnownGaps gaps = KnownGaps.Read();
        foreach (KqlCase one in cases)
        {
            KqlOutcome outcome = Run(one);
            if (outcome.IsUnsure)
            {
                _ = outcome.IsPassed ? unsurePassed++ : unsureFailed++;
            }
            else if (outcome.IsPassed)
            {
                passed++;
            }
            else if (onlySupported && gaps.Explains(one, outcome))
            {
                skipped++;
            }
            else
            {
                failed++;
                output.WriteLine($"FAIL {outcome.Id}\n     {outcome.Detail}");
            }
        }

        output.WriteLine($"unsure cases, not counted: {unsurePassed} as expected, {unsureFailed} not");
        if (onlySupported)
        {
            output.WriteLine($"known gaps (known-gaps.txt), not counted: {skipped}");
        }

        output.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
}
