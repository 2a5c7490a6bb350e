using Bongsu.Core.Types;

namespace Bongsu.Tests.Query.Functions.DynamicValues;

public sealed class DynamicFunctionTests
{
    [Theory]
    [InlineData("parse_json('') => null(dynamic)")]
    [InlineData("parse_json('null') => null(dynamic)")]
    [InlineData("parse_json('hello') => dyn(\"hello\")")]
    [InlineData("parse_json('[1,') => dyn(\"[1,\")")]
    [InlineData("array_length(dyn({})) => null(long)")]
    [InlineData("array_iff(dyn([true,true,true]), dyn([1,2]), dyn([3,4])) => dyn([1,2,null])")]
    [InlineData("array_iff(dyn([1,0,\"x\"]), 1, 2) => dyn([1,2,null])")]
    [InlineData("array_rotate_left(dyn([1,2,3,4,5]), -2) => dyn([4,5,1,2,3])")]
    [InlineData("array_rotate_left(dyn([]), 2) => dyn([])")]
    [InlineData("array_shift_left(dyn([1,2,3]), 9) => dyn([null,null,null])")]
    [InlineData("array_slice(dyn([1,2,3,4,5]), 2, -1) => dyn([3,4,5])")]
    [InlineData("array_slice(dyn([1,2]), 5, 9) => dyn([])")]
    [InlineData("array_sort_asc(dyn([null,\"blue\",\"green\"]), false) => dyn([null,\"blue\",\"green\"])")]
    [InlineData("array_sort_desc(dyn([1,3,2,\"a\",\"c\",\"b\"])) => dyn([3,2,1,\"c\",\"b\",\"a\"])")]
    [InlineData("array_sort_asc(dyn([1,3,2]), dyn([\"a\",\"b\",\"c\"])) => dyn([[1,2,3],[\"a\",\"c\",\"b\"]])")]
    [InlineData("array_sort_asc(dyn([2,1]), dyn([1])) => dyn([[1,2],null])")]
    [InlineData("array_split(dyn([1,2,3]), -1) => dyn([[1,2],[3]])")]
    [InlineData("array_sum(dyn([1,\"x\"])) => null(real)")]
    [InlineData("array_index_of(dyn([1,2,1]), 1.0, 1) => 2")]
    [InlineData("bag_pack('a', 1, 'a', 2, 'n', null(long)) => dyn({\"a\":1,\"n\":null})")]
    [InlineData("bag_merge(dyn({\"a\":1}), null(dynamic), dyn({\"a\":2,\"b\":3})) => dyn({\"a\":1,\"b\":3})")]
    [InlineData("bag_set_key(dyn({\"a\":{\"x\":1}}), '$.a.x', 'y') => dyn({\"a\":{\"x\":\"y\"}})")]
    [InlineData("bag_zip(dyn([\"a\",8,\"b\"]), dyn(1)) => dyn({\"a\":null,\"b\":null})")]
    [InlineData("set_union(dyn([\"a\",\"b\",\"a\"])) => dyn([\"a\",\"b\"])")]
    [InlineData("set_intersect(dyn([1,2]), dyn([4])) => dyn([])")]
    [InlineData("set_has_element(dyn([1,2]), 2.0) => true")]
    [InlineData("set_difference(dyn([1]), null(dynamic)) => null(dynamic)")]
    [InlineData("range(1, 3) => dyn([1,2,3])")]
    [InlineData("range(3, 1, -1) => dyn([3,2,1])")]
    [InlineData("range(0.0, 1, 0.5) => dyn([0.0,0.5,1.0])")]
    [InlineData("array_length(range(1, 1000000000)) => 1048576")]
    [InlineData("range(1, 3, 0) => dyn([])")]
    [InlineData("repeat(1, -1) => null(dynamic)")]
    [InlineData("zip(dyn([1,2]), dyn(5)) => dyn([[1,5],[2,null]])")]
    [InlineData("extract_json('$.a', 'no json', 'long') => null(long)")]
    [InlineData("treepath(dyn({\"a\":\"b\",\"c\":1})) => dyn([\"['a']\",\"['c']\"])")]
    [InlineData("gettype(parse_json(' [1] ')) => 'array'")]
    public void Rows(string row) => FunctionCase.Check(row);

    [Fact]
    public void Times_StayTypedInside()
    {
        Scalar packed = FunctionCase.Call("pack_array", [Scalar.OfDateTime(0), Scalar.OfTimeSpan(5)]);
        Assert.Equal(ScalarType.DateTime, FunctionCase.Call("todatetime", [FunctionCase.Call("[]", [packed, Scalar.Of(0L)])]).Type);
        Assert.Equal("timespan", FunctionCase.Call("gettype", [FunctionCase.Call("[]", [packed, Scalar.Of(1L)])]).AsString);
    }
}
