using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Hashing;

/// <summary>A cryptographic digest of a value's text (<c>tostring()</c>), as lower-case hexadecimal digits.</summary>
internal abstract class DigestFunction<TDigest> : SignedFunction
    where TDigest : struct, IDigest
{
    protected DigestFunction(string name)
        : base($"{name}(source:any) -> string")
    {
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types) =>
        new RowKernel<StringVectorBuilder, Operation>(default, ScalarType.String, ScalarType.String);

    private readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            Span<byte> digest = stackalloc byte[32];
            output.Append(Convert.ToHexStringLower(digest[..TDigest.Compute(row.Text(0), digest)]));
        }
    }
}
