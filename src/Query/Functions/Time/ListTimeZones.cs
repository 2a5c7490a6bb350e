using Bongsu.Core.Dynamic;
using Bongsu.Core.Types;
using Bongsu.Query.Functions.Kernels;

namespace Bongsu.Query.Functions.Time;

/// <summary>The names of all time zones of this machine.</summary>
internal sealed class ListTimeZones() : SignedFunction("datetime_list_timezones() -> dynamic")
{
    protected override ScalarKernel Create(IReadOnlyList<ScalarArgument> arguments, ScalarType[] types)
    {
        var writer = new DynamicWriter();
        writer.BeginArray();
        foreach (TimeZoneInfo zone in TimeZoneInfo.GetSystemTimeZones())
        {
            writer.WriteString(zone.Id);
        }

        writer.EndArray();
        return new ConstantKernel(Scalar.OfDynamic(writer.Written.ToArray()));
    }
}
