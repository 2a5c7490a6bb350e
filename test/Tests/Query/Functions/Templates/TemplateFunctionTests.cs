using Bongsu.Core.Templates;
using Bongsu.Core.Types;
using Bongsu.Core.Vectors;
using Bongsu.Query.Functions;

namespace Bongsu.Tests.Query.Functions.Templates;

public sealed class TemplateFunctionTests
{
    [Fact]
    public void Evaluate_TemplatedText_GivesTheStoredTemplateByRow()
    {
        StringVector messages = StringVector.Of("user=1 logged in", "user=2 logged in", "disk full");
        var text = new StringVector(new TemplateMiner().Split(messages));
        var templates = (StringVector)Evaluate("message_template", text);
        Assert.Equal(
            ["user=<*> logged in", "user=<*> logged in", "disk full"],
            Enumerable.Range(0, 3).Select(templates.GetString));
        var ids = (FixedVector<long>)Evaluate("message_template_id", text);
        Assert.Equal(unchecked((long)Template.IdOf("disk full"u8)), ids[2]);
        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[0], ids[2]);
    }

    [Fact]
    public void Evaluate_OtherText_IsAllVariable()
    {
        Assert.Equal("<*>", Evaluate("message_template", StringVector.Of("a", "b")).GetScalar(1).AsString);
        Assert.Equal(
            unchecked((long)Template.Any.Id), Evaluate("message_template_id", StringVector.Of("a")).GetScalar(0).AsLong);
    }

    private static Vector Evaluate(string function, StringVector text) =>
        FunctionRegistry.FindScalar(function)!
            .Bind([new ScalarArgument(ScalarType.String, null, "message")])
            .Evaluate([text], text.Length, new EvaluationContext(0, CancellationToken.None));
}
