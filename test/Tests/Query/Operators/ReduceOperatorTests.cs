using Bongsu.Core.Batches;
using Bongsu.Core.Text;
using Bongsu.Query;
using Bongsu.Query.Execution;
using Bongsu.Query.Kql;
using Bongsu.Store.Scan;
using Bongsu.Tests.Query.Functions;

namespace Bongsu.Tests.Query.Operators;

public sealed class ReduceOperatorTests
{
    private const string Source = "range x from 1 to 30 step 1 | extend text = iff(x % 3 == 0, 'disk full', strcat('user=', x, ' logged in'))";

    [Theory]
    [InlineData(" | reduce by text", "user=* logged in,20,user=1 logged in;disk full,10,disk full")]
    [InlineData(" | reduce by text with threshold=0.5", "user=* logged in,20,user=1 logged in;*,10,disk full")]
    [InlineData(" | reduce by text with characters='='", "user* logged in,20,user=1 logged in;disk full,10,disk full")]
    [InlineData(" | where x > 100 | reduce by text", "")]
    [InlineData(" | reduce by text with threshold=0.5 , characters='='  | where Count > 15 | project Pattern", "user* logged in")]
    [InlineData(" | reduce by strcat('fooZ', x) with characters='Z'", "foo*,30,fooZ1")]
    public void Execute_Texts_GivesPatterns(string query, string expected) => Assert.Equal(expected, Run(Source + query));

    [Theory]
    [InlineData("print x = 1 | reduce by x", "type")]
    [InlineData("print x = 'a' | reduce kind=source by x", "unsupported")]
    [InlineData("print x = 'a' | reduce by x with threshold=2", "argument")]
    [InlineData("print x = 'a' | reduce by x with other=2", "syntax")]
    public void Bind_WhatItDoesNotTake_IsAnError(string query, string code)
    {
        var error = Assert.Throws<QueryException>(() => Run(query));
        Assert.Equal(code, error.Code);
    }

    private static string Run(string query)
    {
        BoundQuery bound = KqlCompiler.Compile(query, EmptyCatalog.Instance, new CompileOptions { NowTicks = FunctionCase.NowTicks });
        IEnumerable<Batch> batches = QueryEngine.Execute(bound, new NoTables(), QueryLimits.Default, CancellationToken.None).Batches();
        return string.Join(';', batches.SelectMany(batch => Enumerable.Range(0, batch.RowCount).Select(
            row => string.Join(',', batch.Vectors.ToArray().Select(vector => ScalarText.Format(vector.GetScalar(row)))))));
    }

    private sealed class NoTables : ITableSource
    {
        public TableSnapshot? Snapshot(string table) => null;
    }
}
