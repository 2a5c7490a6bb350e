namespace Bongsu.Query.Kql.Binding;

/// <summary>Names of <c>let</c> statements and parameters, lexically nested.</summary>
internal sealed class BindScope
{
    private readonly BindScope? _outer;
    private readonly Dictionary<string, Binding> _bindings = new(StringComparer.Ordinal);

    public BindScope(BindScope? outer)
    {
        _outer = outer;
    }

    /// <summary>All names in sight, for suggestions.</summary>
    public IEnumerable<string> AllNames => _outer is null ? _bindings.Keys : _bindings.Keys.Concat(_outer.AllNames);

    /// <summary>Functions declared as <c>view</c>, which wildcards see like tables.</summary>
    public IEnumerable<(string Name, FunctionBinding View)> Views =>
        _bindings
            .Where(entry => entry.Value is FunctionBinding { Function.IsView: true })
            .Select(entry => (entry.Key, (FunctionBinding)entry.Value))
            .Concat(_outer?.Views ?? []);

    /// <summary>Defines a name here; one of the same name further out is hidden.</summary>
    public void Define(string name, Binding binding) => _bindings[name] = binding;

    /// <summary>Whether this very scope defines a name.</summary>
    public bool Defines(string name) => _bindings.ContainsKey(name);

    public Binding? Find(string name) => _bindings.TryGetValue(name, out Binding? found) ? found : _outer?.Find(name);
}
