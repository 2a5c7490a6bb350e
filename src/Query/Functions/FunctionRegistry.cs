namespace Bongsu.Query.Functions;

/// <summary>All functions by name. A function is one class in this assembly; nobody registers it.</summary>
public static class FunctionRegistry
{
    private static readonly Lazy<Dictionary<string, ScalarFunction>> s_scalars =
        new(() => Collect<ScalarFunction>(f => f.Name, f => f.Aliases));

    private static readonly Lazy<Dictionary<string, AggregateFunction>> s_aggregates =
        new(() => Collect<AggregateFunction>(f => f.Name, f => f.Aliases));

    /// <summary>Names of all scalar functions and operators.</summary>
    public static IReadOnlyCollection<string> ScalarNames => s_scalars.Value.Keys;

    /// <summary>Names of all aggregate functions.</summary>
    public static IReadOnlyCollection<string> AggregateNames => s_aggregates.Value.Keys;

    /// <summary>Finds a scalar function or operator.</summary>
    public static ScalarFunction? FindScalar(string name) => s_scalars.Value.GetValueOrDefault(name);

    /// <summary>Finds an aggregate function.</summary>
    public static AggregateFunction? FindAggregate(string name) => s_aggregates.Value.GetValueOrDefault(name);

    private static Dictionary<string, T> Collect<T>(Func<T, string> name, Func<T, IReadOnlyList<string>> aliases)
        where T : class
    {
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (Type type in typeof(FunctionRegistry).Assembly.GetTypes())
        {
            if (type.IsAbstract || !typeof(T).IsAssignableFrom(type) || type.GetConstructor(Type.EmptyTypes) is null)
            {
                continue;
            }

            var function = (T)Activator.CreateInstance(type)!;
            found.Add(name(function), function);
            foreach (string alias in aliases(function))
            {
                found.Add(alias, function);
            }
        }

        return found;
    }
}
