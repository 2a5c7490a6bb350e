using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Text;

/// <summary>A text several times over, at most 1024 times.</summary>
internal sealed class StrRep() : RowFunction<StringVectorBuilder, StrRep.Operation>(
    "strrep(value:text, times:long, delimiter:text?) -> string")
{
    /// <summary>As documented.</summary>
    private const long MaxTimes = 1024;

    internal readonly struct Operation : IRowOperation<StringVectorBuilder>
    {
        public void Append(in Row row, StringVectorBuilder output)
        {
            ReadOnlySpan<byte> value = row.Text(0);
            ReadOnlySpan<byte> delimiter = row.Count > 2 ? row.Text(2) : default;
            int times = (int)Math.Clamp(row.Long(1), 0, MaxTimes);
            int size = Math.Max(0, checked((value.Length * times) + (delimiter.Length * (times - 1))));
            Span<byte> room = output.Reserve(size);
            for (int time = 0; time < times; time++)
            {
                value.CopyTo(room);
                room = room[value.Length..];
                if (time < times - 1)
                {
                    delimiter.CopyTo(room);
                    room = room[delimiter.Length..];
                }
            }

            output.Commit(times == 0 ? 0 : size);
        }
    }
}
