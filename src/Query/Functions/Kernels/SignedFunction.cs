using Bongsu.Core.Types;

namespace Bongsu.Query.Functions.Kernels;

/// <summary>A function that is bound by its written signature.</summary>
internal abstract class SignedFunction : ScalarFunction
{
    private readonly FunctionSignature _signature;
    private readonly string[] _aliases;

    /// <summary>Parses the signature once.</summary>
    /// <param name="signature">See <see cref="FunctionSignature"/>.</param>
    /// <param name="aliases">Other names.</param>
    protected SignedFunction(string signature, params string[] aliases)
    {
        _signature = FunctionSignature.Parse(signature);
        _aliases = aliases;
    }

    public sealed override string Name => _signature.Name;

    public sealed override IReadOnlyList<string> Aliases => _aliases;

    public sealed override string Signature => _signature.Text;

    /// <summary>The declared result type.</summary>
    protected ScalarType ResultType => _signature.ResultType;

    public override ScalarKernel Bind(IReadOnlyList<ScalarArgument> arguments) =>
        Create(arguments, _signature.Bind(arguments));

    /// <summary>Makes the kernel.</summary>
    /// <param name="arguments">The arguments; their number and types fit the signature.</param>
    /// <param name="types">What each is cast to; argument types stay as they are for <c>any</c>.</param>
    protected abstract ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types);
}
