namespace Bongsu.Query.Plan.Optimisation;

/// <summary>Rewrites a plan to one that gives the same rows from less work.</summary>
internal static class PlanOptimiser
{
    public static LogicalPlan Optimise(LogicalPlan plan) => plan;
}
