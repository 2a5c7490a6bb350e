namespace Bongsu.Query.Plan.Optimisation;

/// <summary>Rewrites a plan to one that gives the same rows from less work.</summary>
internal static class PlanOptimiser
{
    /// <summary>Filters go down to scans (time bounds as ranges), limits go down, and only columns that are used are
    /// read.</summary>
    public static LogicalPlan Optimise(LogicalPlan plan)
    {
        plan = SubqueryOptimiser.Optimise(plan);
        plan = FilterPushDown.Push(plan);
        plan = LimitPushDown.Push(plan);
        return ColumnPruning.Prune(plan);
    }
}
