using Bongsu.Core.Batches;
using Bongsu.Core.Types;
using Bongsu.Query.Execution;
using Bongsu.Query.Functions;
using Bongsu.Query.Operators;

namespace Bongsu.Tests.Query.Execution;

public sealed class ParallelReadingTests
{
    private static readonly Schema s_schema = Rows.Schema(("x", ScalarType.Long));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Stream_OfManyUnits_KeepsTheirOrder(int workers)
    {
        QueryRun run = Run(workers);
        IEnumerable<Batch> batches = ParallelStream.Run(Units(200, _ => { }), run);
        Assert.Equal(Enumerable.Range(0, 200).Select(unit => $"{unit}"), Rows.Text(batches));
    }

    [Fact]
    public void Stream_StoppedEarly_RunsNoFurtherUnits()
    {
        int begun = 0;
        IEnumerable<Batch> batches = ParallelStream.Run(Units(1000, _ => Interlocked.Increment(ref begun)), Run(2));
        Assert.Single(Rows.Text(batches.Take(1)));
        Assert.Equal(1, begun);
        Assert.Equal(10, Rows.Text(ParallelStream.Run(Units(1000, _ => Interlocked.Increment(ref begun)), Run(2)).Take(10)).Count);
        Assert.InRange(begun, 11, 20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Stream_WhereAUnitFails_ThrowsItsError(int failing)
    {
        IEnumerable<Batch> batches = ParallelStream.Run(
            Units(20, unit => _ = unit == failing ? throw new InvalidDataException($"unit {unit}") : 0), Run(3));
        Assert.Equal($"unit {failing}", Assert.Throws<InvalidDataException>(() => batches.Count()).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Consumer_OfManyUnits_TakesEachOnce(int workers)
    {
        var input = new UnitOperator(Run(workers), Units(300, _ => { }));
        IReadOnlyList<List<long>> states = ParallelConsumer.Consume(
            input, Run(workers), () => new List<long>(), (seen, batch) => seen.Add((long)batch[0].GetScalar(0).Value!));
        Assert.Equal(Enumerable.Range(0, 300).Select(unit => (long)unit), states.SelectMany(seen => seen).Order());
    }

    [Fact]
    public void Consumer_WhereAUnitFails_ThrowsItsError()
    {
        var input = new UnitOperator(
            Run(4), Units(50, unit => _ = unit == 13 ? throw new InvalidDataException("unit 13") : 0));
        Assert.Throws<InvalidDataException>(() =>
            ParallelConsumer.Consume(input, Run(4), () => new List<long>(), (_, _) => { }));
    }

    private static QueryRun Run(int workers) => new(
        new EvaluationContext(0, CancellationToken.None), NoTables.Instance, new QueryLimits { MaxWorkers = workers });

    private static WorkUnit[] Units(int count, Action<int> begin) => Enumerable.Range(0, count)
        .Select(unit => (WorkUnit)(_ =>
        {
            begin(unit);
            return [Rows.Of(s_schema, [(long)unit])];
        }))
        .ToArray();

    private sealed class UnitOperator(QueryRun run, WorkUnit[] units) : Operator(run, s_schema)
    {
        public override IEnumerable<Batch> Execute() => ParallelStream.Run(units, Run);

        public override IReadOnlyList<WorkUnit>? Split() => units;
    }
}
