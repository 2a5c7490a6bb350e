using System.Numerics;
using Bongsu.Core.Dynamic;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Network;

/// <summary>
/// The fewest CIDR blocks that cover the addresses from one to another; null where one is no address or they are in the
/// wrong order.
/// </summary>
internal sealed class Ipv4RangeToCidrList() : RowFunction<DynamicVectorBuilder, Ipv4RangeToCidrList.Operation>(
    "ipv4_range_to_cidr_list(start:string, end:string) -> dynamic")
{
    internal readonly struct Operation : IRowOperation<DynamicVectorBuilder>
    {
        public void Append(in Row row, DynamicVectorBuilder output)
        {
            if (!Ipv4.TryParse(row.Text(0), out Ipv4 first) || !Ipv4.TryParse(row.Text(1), out Ipv4 last) || first.Address > last.Address)
            {
                output.AppendNull();
                return;
            }

            DynamicWriter writer = row.Scratch.Writer;
            writer.BeginArray();
            for (ulong next = first.Address; next <= last.Address;)
            {
                // The largest block that begins here and does not pass the end.
                int bits = next == 0 ? 32 : Math.Min(32, BitOperations.TrailingZeroCount(next));
                bits = Math.Min(bits, BitOperations.Log2(last.Address - next + 1));
                writer.WriteString($"{Ipv4.Format((uint)next)}/{32 - bits}");
                next += 1UL << bits;
            }

            writer.EndArray();
            output.Append(writer.Written);
        }
    }
}
