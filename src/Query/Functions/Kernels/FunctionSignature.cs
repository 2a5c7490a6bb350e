using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>
/// A function's name, parameters and result as one line, for instance <c>substring(source:text, start:long,
/// length:long?) -> string</c>.
/// The line is what binds, what the documentation shows and what error messages quote.
/// </summary>
/// <remarks>
/// Parameter types are KQL's, or <c>any</c> (kept as it comes), <c>text</c> (anything, made a string), <c>number</c>
/// (any number,
/// made real).
/// <c>?</c> may be left out, <c>*</c> is repeated from none on, <c>+</c> from one on. A dynamic argument is cast to
/// what is asked for.
/// </remarks>
internal sealed class FunctionSignature
{
    private readonly Parameter[] _parameters;

    private FunctionSignature(string text, string name, Parameter[] parameters, ScalarType resultType)
    {
        Text = text;
        Name = name;
        _parameters = parameters;
        ResultType = resultType;
    }

    public string Text { get; }

    public string Name { get; }

    /// <summary>The result; default where it is written <c>any</c>, because the overload decides.</summary>
    public ScalarType ResultType { get; }

    public static FunctionSignature Parse(string text)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        int close = text.LastIndexOf(") -> ", StringComparison.Ordinal);
        string inner = text[(open + 1)..close];
        Parameter[] parameters = inner.Length == 0 ? [] : inner.Split(", ").Select(Parameter.Parse).ToArray();
        ScalarType result = ScalarTypes.TryParse(text[(close + 5)..], out ScalarType declared) ? declared : default;
        return new FunctionSignature(text, text[..open], parameters, result);
    }

    /// <summary>Checks number and types of arguments.</summary>
    /// <returns>What each argument is cast to.</returns>
    /// <exception cref="FunctionException">They do not fit.</exception>
    public ScalarType[] Bind(IReadOnlyList<ScalarArgument> arguments)
    {
        int least = _parameters.Count(parameter => parameter.Occurs is '\0' or '+');
        bool isOpen = _parameters.Length > 0 && _parameters[^1].Occurs is '*' or '+';
        if (arguments.Count < least || (arguments.Count > _parameters.Length && !isOpen))
        {
            string expected = isOpen ? $"at least {least}" : least == _parameters.Length ? $"{least}" : $"{least} to {_parameters.Length}";
            throw new FunctionException($"{Name}() takes {expected} arguments, got {arguments.Count}: {Text}");
        }

        var types = new ScalarType[arguments.Count];
        for (int argument = 0; argument < types.Length; argument++)
        {
            Parameter parameter = _parameters[Math.Min(argument, _parameters.Length - 1)];
            types[argument] = parameter.Accept(arguments[argument].Type)
                ?? throw new FunctionException(
                    $"{Name}() expects {parameter.TypeName} as {parameter.Name}, got {arguments[argument].Type.Name()}: {Text}", argument);
        }

        return types;
    }

    private sealed record Parameter(string Name, string TypeName, char Occurs)
    {
        public static Parameter Parse(string text)
        {
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            char last = text[^1];
            bool isMarked = last is '?' or '*' or '+';
            return new Parameter(text[..colon], isMarked ? text[(colon + 1)..^1] : text[(colon + 1)..], isMarked ? last : '\0');
        }

        public ScalarType? Accept(ScalarType argument)
        {
            switch (TypeName)
            {
                case "any":
                    return argument;
                case "text":
                    return ScalarType.String;
                case "number":
                    return argument.IsNumeric() || argument == ScalarType.Dynamic ? ScalarType.Real : null;
                default:
                    bool fits = ScalarTypes.TryParse(TypeName, out ScalarType wanted) && (argument == wanted
                        || argument == ScalarType.Dynamic
                        || (wanted == ScalarType.Long && argument == ScalarType.Int)
                        || (wanted == ScalarType.Real && argument.IsNumeric()));
                    return fits ? wanted : null;
            }
        }
    }
}
