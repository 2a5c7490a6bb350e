using Bongsu.Core.Encodings;
using Bongsu.Query;
using Bongsu.Store;

namespace Bongsu.Server.Http;

/// <summary>Turns what a request can go wrong with into an answer; the only place that catches everything.</summary>
internal sealed class ErrorAnswers(RequestDelegate next, ILogger<ErrorAnswers> log)
{
    /// <summary>Runs the rest and answers for it.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; nobody is left to answer.
        }
        catch (QueryException error)
        {
            await QueryErrors.WriteAsync(http, error);
        }
        catch (BadHttpRequestException error)
        {
            string code = error.StatusCode == StatusCodes.Status413PayloadTooLarge ? "too_large" : "request";
            await ApiError.WriteAsync(http, error.StatusCode, code, error.Message);
        }
        catch (StoreFullException error)
        {
            await ApiError.WriteAsync(http, StatusCodes.Status507InsufficientStorage, error.Code, error.Message);
        }
        catch (StoreBusyException error)
        {
            await ApiError.WriteAsync(http, StatusCodes.Status429TooManyRequests, error.Code, error.Message);
        }
        catch (StoreException error)
        {
            await ApiError.WriteAsync(http, StatusCodes.Status400BadRequest, error.Code, error.Message);
        }
        catch (CorruptDataException error)
        {
            log.LogError(error, "{Method} {Path} met damaged data", http.Request.Method, http.Request.Path);
            await ApiError.WriteAsync(
                http, StatusCodes.Status503ServiceUnavailable, "damaged", "stored rows were found damaged and set aside: ask again for the others");
        }
        catch (Exception error)
        {
            log.LogError(error, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
            await ApiError.WriteAsync(http, StatusCodes.Status500InternalServerError, "internal", "the server failed; its log has the reason");
        }
    }
}
