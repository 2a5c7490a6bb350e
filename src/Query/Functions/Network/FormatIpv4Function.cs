using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Network;

/// <summary>An IPv4 address, given as text or number, masked and printed; empty where it is none.</summary>
internal abstract class FormatIpv4Function : SignedFunction
{
    private readonly bool _withPrefix;

    protected FormatIpv4Function(string signature, bool withPrefix)
        : base(signature)
    {
        _withPrefix = withPrefix;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        types[0] = types[0].IsInteger() ? ScalarType.Long : ScalarType.String;
        return new RowKernel<StringVectorBuilder, Operation>(new Operation(_withPrefix), ScalarType.String, types);
    }

    private readonly struct Operation(bool withPrefix) : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            long prefix = row.Count > 1 ? row.Long(1) : 32;
            if (prefix is < 0 or > 32 || !TryRead(row, out Ipv4 ip))
            {
                output.AppendNull();
                return;
            }

            int shortest = (int)Math.Min(prefix, ip.Prefix);
            string address = Ipv4.Format(ip.Address & Ipv4.Mask(shortest));
            output.Append(withPrefix ? $"{address}/{shortest}" : address);
        }

        private static bool TryRead(in Row row, out Ipv4 ip)
        {
            if (row[0] is StringVector)
            {
                return Ipv4.TryParse(row.Text(0), out ip);
            }

            ip = new Ipv4(unchecked((uint)row.Long(0)), 32);
            return row.Long(0) is >= 0 and <= uint.MaxValue;
        }
    }
}
