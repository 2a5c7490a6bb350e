using Bongsu.Core.Types;
using Bongsu.Query.Functions;

namespace Bongsu.Tests.Query.Functions.Time;

public sealed class TimeFunctionTests
{
    [Theory]
    [InlineData("datetime_diff('year', dt(2017-01-01), dt(2000-12-31)) => 17")]
    [InlineData("datetime_diff('quarter', dt(2017-07-01), dt(2017-03-30)) => 2")]
    [InlineData("datetime_diff('week', dt(2017-01-01), dt(2016-12-31)) => 1")]
    [InlineData("datetime_diff('second', dt(2017-10-30 23:00:10.100), dt(2017-10-30 23:00:00.900)) => 10")]
    [InlineData("datetime_diff('day', dt(2017-01-01), dt(2017-01-03)) => -2")]
    [InlineData("datetime_add('quarter', 12, dt(2017-01-01)) => dt(2020-01-01)")]
    [InlineData("datetime_add('month', -15, dt(2017-01-01)) => dt(2015-10-01)")]
    [InlineData("datetime_add('year', 9000, dt(2017-01-01)) => null(datetime)")]
    [InlineData("datetime_add('year', 9223372036854775807, dt(2017-01-01)) => null(datetime)")]
    [InlineData("datetime_add('day', 9223372036854775807, dt(2017-01-01)) => null(datetime)")]
    [InlineData("datetime_part('week_of_year', dt(2017-10-30)) => int(44)")]
    [InlineData("datetime_part('dayOfYear', dt(2017-10-30)) => int(303)")]
    [InlineData("datetime_part('nanosecond', dt(2017-10-30 01:02:03.7654321)) => int(765432100)")]
    [InlineData("startofweek(dt(2017-01-07 23:59:59)) => dt(2017-01-01)")]
    [InlineData("startofweek(dt(0001-01-01)) => null(datetime)")]
    [InlineData("endofyear(dt(9999-05-01)) => dt(9999-12-31 23:59:59.9999999)")]
    [InlineData("endofmonth(dt(2023-01-31), 1) => dt(2023-02-28 23:59:59.9999999)")]
    [InlineData("startofyear(dt(2017-01-01), 9000) => null(datetime)")]
    [InlineData("make_datetime(2020, 13, 1) => null(datetime)")]
    [InlineData("make_datetime(2023, 2, 29) => null(datetime)")]
    [InlineData("make_datetime('2017-10-01') => dt(2017-10-01)")]
    [InlineData("make_timespan(1, 15, 10) => ts(01:15:10)")]
    [InlineData("make_timespan(25, 1) => null(timespan)")]
    [InlineData("unixtime_seconds_todatetime(-62135596801) => null(datetime)")]
    [InlineData("unixtime_seconds_todatetime(0) => dt(1970-01-01)")]
    [InlineData("bin(dt(2024-01-10), ts(7d)) => dt(2024-01-08)")]
    [InlineData("bin(ts(26h), ts(1d)) => ts(1d)")]
    [InlineData("bin(-1, 3) => -3")]
    [InlineData("bin(int(9), 10) => 0")]
    [InlineData("bin(10, 0) => null(long)")]
    [InlineData("bin(-0.6, 0.5) => -1.0")]
    [InlineData("bin_at(ts(1h), ts(1d), ts(12h)) => ts(-12:00:00)")]
    [InlineData("bin_at(dt(2017-05-17 10:20:00.0), ts(7d), dt(2017-06-04)) => dt(2017-05-14)")]
    [InlineData("format_timespan(ts(-1.02:00:00), 'd:hh') => '-1:02'")]
    [InlineData("format_datetime(dt(2017-01-29 00:00:05.12), 'h:m:s FFF') => '12:0:5 12'")]
    [InlineData("datetime_utc_to_local(dt(2025-07-01 12:00:00), 'Australia/Canberra') => dt(2025-07-01 22:00)")]
    [InlineData("datetime_local_to_utc(dt(2020-02-02 20:02:20), 'America/Chicago') => dt(2020-02-03 02:02:20)")]
    public void Rows(string row) => FunctionCase.Check(row);

    [Theory]
    [InlineData("format_datetime", "yyyy-QQ", "'Q'")]
    [InlineData("format_datetime", "ffffffff", "too long")]
    public void Format_Unknown_IsAnError(string function, string format, string reason)
    {
        var error = Assert.Throws<FunctionException>(() => FunctionCase.Call(function, [Scalar.OfDateTime(0), Scalar.Of(format)]));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zone_ThatDoesNotExist_IsAnError() =>
        Assert.Throws<FunctionException>(() => FunctionCase.Call("datetime_utc_to_local", [Scalar.OfDateTime(0), Scalar.Of("../etc/passwd")]));
}
