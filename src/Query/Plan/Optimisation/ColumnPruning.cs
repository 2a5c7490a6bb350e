using Bongsu.Core.Types;
using Bongsu.Store;

namespace Bongsu.Query.Plan.Optimisation;

/// <summary>Leaves out columns that nothing above reads, down to the scans.</summary>
internal static class ColumnPruning
{
    /// <summary>The plan with the same output columns.</summary>
    public static LogicalPlan Prune(LogicalPlan plan) =>
        PruneExactly(plan, [.. Enumerable.Range(0, plan.Schema.Count)]);

    // Exactly the needed columns, in order.
    private static LogicalPlan PruneExactly(LogicalPlan plan, SortedSet<int> needed)
    {
        (LogicalPlan pruned, int[] map) = Prune(plan, needed);
        Column[] columns = [.. needed.Select(column => plan.Schema[column])];
        int[] positions = [.. needed.Select(column => map[column])];
        if (pruned.Schema.Count == columns.Length && positions.SequenceEqual(Enumerable.Range(0, columns.Length))
            && pruned.Schema.Columns.SequenceEqual(columns))
        {
            return pruned;
        }

        BoundExpression[] expressions = [.. positions.Select(
            (position, index) => new BoundColumn(position, columns[index].Name, columns[index].Type))];
        return new ProjectPlan(pruned, expressions, new Schema(columns)) { IsSerialized = plan.IsSerialized };
    }

    // At least the needed columns; the map gives the new position of each old column, -1 where it is gone.
    private static (LogicalPlan Plan, int[] Map) Prune(LogicalPlan plan, SortedSet<int> needed)
    {
        switch (plan)
        {
            case ScanPlan scan:
                return PruneScan(scan, needed);
            case FilterPlan filter:
                (LogicalPlan filtered, int[] filterMap) = Prune(filter.Input, With(needed, filter.Predicate));
                BoundExpression predicate = ExpressionColumns.Move(filter.Predicate, filterMap);
                return (filter with { Input = filtered, Predicate = predicate, Schema = filtered.Schema }, filterMap);
            case ProjectPlan project:
                return PruneProject(project, needed);
            case SummarizePlan summarize:
                return PruneSummarize(summarize, needed);
            case SortPlan sort:
                (LogicalPlan sorted, int[] sortMap) = Prune(sort.Input, With(needed, sort.Keys));
                return (sort with { Input = sorted, Keys = Move(sort.Keys, sortMap), Schema = sorted.Schema }, sortMap);
            case TopPlan top:
                (LogicalPlan topped, int[] topMap) = Prune(top.Input, With(needed, top.Keys));
                return (top with { Input = topped, Keys = Move(top.Keys, topMap), Schema = topped.Schema }, topMap);
            case TakePlan take:
                (LogicalPlan taken, int[] takeMap) = Prune(take.Input, needed);
                return (take with { Input = taken, Schema = taken.Schema }, takeMap);
            case UnionPlan union:
                var schema = new Schema(needed.Select(column => union.Schema[column]));
                LogicalPlan[] inputs = [.. union.Inputs.Select(input => Renamed(PruneExactly(input, needed), schema))];
                return (union with { Inputs = inputs, Schema = schema }, Positions(needed, union.Schema.Count));
            case JoinPlan join:
                return PruneJoin(join, needed);
            case MvExpandPlan expand:
                return PruneExpand(expand, needed);
            case ParsePlan parse:
                return PruneParse(parse, needed);
            case ReducePlan reduce:
                return (reduce with { Input = PruneExactly(reduce.Input, [0]) }, [0, 1, 2]);
            default:
                return (plan, [.. Enumerable.Range(0, plan.Schema.Count)]);
        }
    }

    private static (LogicalPlan Plan, int[] Map) PruneScan(ScanPlan scan, SortedSet<int> needed)
    {
        SortedSet<int> read = scan.Filter is null ? needed : With(needed, scan.Filter);
        int[] map = Positions(read, scan.Schema.Count);
        BoundExpression? filter = scan.Filter is null ? null : ExpressionColumns.Move(scan.Filter, map);
        return (scan with { Schema = new Schema(read.Select(column => scan.Schema[column])), Filter = filter }, map);
    }

    private static (LogicalPlan Plan, int[] Map) PruneProject(ProjectPlan project, SortedSet<int> needed)
    {
        var inputs = new SortedSet<int>();
        foreach (int column in needed)
        {
            ExpressionColumns.Collect(project.Expressions[column], inputs);
        }

        (LogicalPlan input, int[] map) = Prune(project.Input, inputs);
        BoundExpression[] expressions = [.. needed.Select(
            column => ExpressionColumns.Move(project.Expressions[column], map))];
        var schema = new Schema(needed.Select(column => project.Schema[column]));
        int[] positions = Positions(needed, project.Schema.Count);

        // A projection that changes nothing is left out.
        bool isIdentity = expressions.Length == input.Schema.Count && schema.Columns.SequenceEqual(input.Schema.Columns)
            && expressions.Select(
                (expression, index) => expression is BoundColumn column && column.Index == index).All(same => same);
        return isIdentity
            ? (project.IsSerialized && !input.IsSerialized ? input with { IsSerialized = true } : input, positions)
            : (project with { Input = input, Expressions = expressions, Schema = schema }, positions);
    }

    private static (LogicalPlan Plan, int[] Map) PruneSummarize(SummarizePlan summarize, SortedSet<int> needed)
    {
        var inputs = new SortedSet<int>();
        foreach (BoundExpression key in summarize.Keys)
        {
            ExpressionColumns.Collect(key, inputs);
        }

        var kept = new SortedSet<int>(Enumerable.Range(0, summarize.Keys.Count));
        List<BoundAggregate> aggregates = [];
        int output = summarize.Keys.Count;
        foreach (BoundAggregate aggregate in summarize.Aggregates)
        {
            int[] outputs = [.. Enumerable.Range(output, aggregate.Kernel.Outputs.Count)];
            output += outputs.Length;
            if (outputs.Any(needed.Contains))
            {
                aggregates.Add(aggregate);
                kept.UnionWith(outputs);
                foreach (BoundExpression argument in aggregate.Arguments)
                {
                    ExpressionColumns.Collect(argument, inputs);
                }
            }
        }

        if (summarize.KeepsTimestamp && summarize.Input.Schema.IndexOf(SystemColumns.Timestamp) is >= 0 and var timestamp)
        {
            inputs.Add(timestamp);
        }

        (LogicalPlan input, int[] map) = Prune(summarize.Input, inputs);
        SummarizePlan pruned = summarize with
        {
            Input = input,
            Keys = Move(summarize.Keys, map),
            Aggregates = [.. aggregates.Select(
                aggregate => aggregate with { Arguments = Move(aggregate.Arguments, map) })],
            Schema = new Schema(kept.Select(column => summarize.Schema[column])),
        };
        return (pruned, Positions(kept, summarize.Schema.Count));
    }

    private static (LogicalPlan Plan, int[] Map) PruneJoin(JoinPlan join, SortedSet<int> needed)
    {
        bool isLeftOnly = join.Kind is JoinKind.LeftSemi or JoinKind.LeftAnti;
        bool isRightOnly = join.Kind is JoinKind.RightSemi or JoinKind.RightAnti;
        int leftCount = isRightOnly ? 0 : join.Left.Schema.Count;
        var leftNeeded = new SortedSet<int>(needed.Where(column => column < leftCount));
        var rightNeeded = new SortedSet<int>(
            isLeftOnly ? [] : needed.Where(column => column >= leftCount).Select(column => column - leftCount));
        (LogicalPlan left, int[] leftMap) = Prune(join.Left, With(leftNeeded, join.LeftKeys));
        (LogicalPlan right, int[] rightMap) = Prune(join.Right, With(rightNeeded, join.RightKeys));

        int[] map = new int[join.Schema.Count];
        int newLeftCount = isRightOnly ? 0 : left.Schema.Count;
        Column[] columns = new Column[newLeftCount + (isLeftOnly ? 0 : right.Schema.Count)];
        for (int column = 0; column < map.Length; column++)
        {
            int moved = column < leftCount ? leftMap[column] : rightMap[column - leftCount];
            map[column] = moved < 0 ? -1 : column < leftCount ? moved : newLeftCount + moved;
            if (moved >= 0)
            {
                columns[map[column]] = join.Schema[column];
            }
        }

        JoinPlan pruned = join with
        {
            Left = left,
            Right = right,
            LeftKeys = Move(join.LeftKeys, leftMap),
            RightKeys = Move(join.RightKeys, rightMap),
            Schema = new Schema(columns),
        };
        return (pruned, map);
    }

    private static (LogicalPlan Plan, int[] Map) PruneExpand(MvExpandPlan expand, SortedSet<int> needed)
    {
        HashSet<int> made = [.. expand.Columns.Select(column => column.OutputIndex)];
        if (expand.ItemIndexColumn >= 0)
        {
            made.Add(expand.ItemIndexColumn);
        }

        SortedSet<int> inputs = InPlace(needed, made, expand.Input.Schema.Count);
        foreach (MvExpandColumn column in expand.Columns)
        {
            ExpressionColumns.Collect(column.Array, inputs);
        }

        (LogicalPlan input, int[] inputMap) = Prune(expand.Input, inputs);
        (int[] map, Schema schema) = Appended(expand.Schema, expand.Input.Schema.Count, input, inputMap);
        MvExpandPlan pruned = expand with
        {
            Input = input,
            Columns = [.. expand.Columns.Select(
                column => new MvExpandColumn(ExpressionColumns.Move(column.Array, inputMap), map[column.OutputIndex]))],
            ItemIndexColumn = expand.ItemIndexColumn < 0 ? -1 : map[expand.ItemIndexColumn],
            Schema = schema,
        };
        return (pruned, map);
    }

    private static (LogicalPlan Plan, int[] Map) PruneParse(ParsePlan parse, SortedSet<int> needed)
    {
        SortedSet<int> inputs = InPlace(needed, [.. parse.OutputIndexes], parse.Input.Schema.Count);
        ExpressionColumns.Collect(parse.Text, inputs);
        (LogicalPlan input, int[] inputMap) = Prune(parse.Input, inputs);
        (int[] map, Schema schema) = Appended(parse.Schema, parse.Input.Schema.Count, input, inputMap);
        ParsePlan pruned = parse with
        {
            Input = input,
            Text = ExpressionColumns.Move(parse.Text, inputMap),
            OutputIndexes = [.. parse.OutputIndexes.Select(output => map[output])],
            Schema = schema,
        };
        return (pruned, map);
    }

    // Input columns that are needed, or whose place an output takes.
    private static SortedSet<int> InPlace(SortedSet<int> needed, HashSet<int> made, int inputCount) =>
        [.. needed.Concat(made).Where(column => column < inputCount)];

    // Outputs are the input's columns, then what is appended.
    private static (int[] Map, Schema Schema) Appended(Schema old, int oldInputCount, LogicalPlan input, int[] inputMap)
    {
        int[] map = new int[old.Count];
        Column[] columns = new Column[input.Schema.Count + old.Count - oldInputCount];
        for (int column = 0; column < map.Length; column++)
        {
            map[column] = column < oldInputCount ? inputMap[column] : input.Schema.Count + column - oldInputCount;
            if (map[column] >= 0)
            {
                columns[map[column]] = old[column];
            }
        }

        return (map, new Schema(columns));
    }

    private static LogicalPlan Renamed(LogicalPlan plan, Schema schema)
    {
        if (plan.Schema.Columns.SequenceEqual(schema.Columns))
        {
            return plan;
        }

        BoundExpression[] columns = [.. schema.Columns.ToArray().Select(
            (column, index) => new BoundColumn(index, column.Name, column.Type))];
        return new ProjectPlan(plan, columns, schema);
    }

    private static int[] Positions(SortedSet<int> kept, int count)
    {
        int[] map = new int[count];
        Array.Fill(map, -1);
        int position = 0;
        foreach (int column in kept)
        {
            map[column] = position++;
        }

        return map;
    }

    private static SortedSet<int> With(SortedSet<int> needed, params IEnumerable<BoundExpression> read)
    {
        var all = new SortedSet<int>(needed);
        foreach (BoundExpression expression in read)
        {
            ExpressionColumns.Collect(expression, all);
        }

        return all;
    }

    private static SortedSet<int> With(SortedSet<int> needed, IReadOnlyList<SortKey> keys) =>
        With(needed, keys.Select(key => key.Expression));

    private static BoundExpression[] Move(IReadOnlyList<BoundExpression> expressions, int[] map) =>
        [.. expressions.Select(expression => ExpressionColumns.Move(expression, map))];

    private static SortKey[] Move(IReadOnlyList<SortKey> keys, int[] map) =>
        [.. keys.Select(key => key with { Expression = ExpressionColumns.Move(key.Expression, map) })];
}
