using System.Text;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>Between UTC and the clock of a time zone; null for an unknown zone.</summary>
internal abstract class ZoneFunction : SignedFunction
{
    private readonly bool _toLocal;

    protected ZoneFunction(string name, bool toLocal)
        : base($"{name}(date:datetime, timezone:string) -> datetime")
    {
        _toLocal = toLocal;
    }

    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        if (arguments[1].Constant is { Value: string name } && TimeZones.Find(name) is null)
        {
            throw new FunctionException($"there is no time zone '{name}'; names are IANA's, for instance Asia/Seoul", 1);
        }

        return new RowKernel<FixedVectorBuilder<long>, Operation>(new Operation(_toLocal), ScalarType.DateTime, types);
    }

    private struct Operation(bool toLocal) : IRowOperation<FixedVectorBuilder<long>>
    {
        private byte[]? _name;
        private TimeZoneInfo? _zone;

        public void Append(in Row row, FixedVectorBuilder<long> output)
        {
            if (_name is null || !row.Text(1).SequenceEqual(_name))
            {
                _name = row.Text(1).ToArray();
                _zone = TimeZones.Find(Encoding.UTF8.GetString(_name));
            }

            if (_zone is null)
            {
                output.AppendNull();
                return;
            }

            // A local time that a zone skips counts with the offset before the change; one that occurs twice is
            // standard time.
            long offset = toLocal
                ? _zone.GetUtcOffset(new DateTime(row.Long(0), DateTimeKind.Utc)).Ticks
                : -_zone.GetUtcOffset(new DateTime(row.Long(0), DateTimeKind.Unspecified)).Ticks;
            TimeOutput.Append(row.Long(0), offset, output);
        }
    }
}
