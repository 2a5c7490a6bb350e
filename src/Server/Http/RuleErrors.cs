using Bongsu.Alert.Rules;

namespace Bongsu.Server.Http;

/// <summary>The answer to rule files that are wrong: status 400, code <c>rule</c>, each error with its place.</summary>
internal static class RuleErrors
{
    /// <summary>Answers.</summary>
    /// <param name="http">The request.</param>
    /// <param name="versions">Which text of the request the errors are of, and the errors.</param>
    public static Task WriteAsync(HttpContext http, IReadOnlyList<(string Version, IReadOnlyList<RuleError> Errors)> versions) =>
        ApiError.WriteAsync(http, 400, "rule", string.Join('\n', versions.SelectMany(version => version.Errors)), json =>
        {
            json.WriteStartArray("rules");
            foreach ((string version, IReadOnlyList<RuleError> errors) in versions)
            {
                foreach (RuleError error in errors)
                {
                    json.WriteStartObject();
                    json.WriteString("version", version);
                    json.WriteString("file", error.File);
                    json.WriteNumber("line", error.Line);
                    json.WriteNumber("column", error.Column);
                    json.WriteString("message", error.Message);
                    json.WriteString("suggestion", error.Suggestion);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
        });
}
