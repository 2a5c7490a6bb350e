using Bongsu.Ingest.Protocols;

namespace Bongsu.Server.Http;

/// <summary>Sends the answers that protocols make.</summary>
internal static class ProtocolReplies
{
    /// <summary>Sends one.</summary>
    public static async Task SendAsync(HttpContext http, ProtocolReply reply)
    {
        http.Response.StatusCode = reply.Status;
        foreach ((string name, string value) in reply.Headers)
        {
            http.Response.Headers[name] = value;
        }

        if (reply.ContentType.Length > 0)
        {
            http.Response.ContentType = reply.ContentType;
        }

        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.ContentLength = reply.Body.Length;
            return;
        }

        await http.Response.Body.WriteAsync(reply.Body, http.RequestAborted);
    }
}
