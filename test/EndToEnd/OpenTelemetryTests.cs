using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace Bongsu.EndToEnd;

/// <summary>The .NET OpenTelemetry exporter delivers unchanged.</summary>
public sealed class OpenTelemetryTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _data = new();
    private ServerProcess _server = null!;

    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync(_data.Path);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task Exporter_LogRecords_ArriveWhole()
    {
        string traceId;
        using (ILoggerFactory factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(Configure)))
        using (var activity = new Activity("order").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            traceId = activity.TraceId.ToHexString();
            ILogger logger = factory.CreateLogger("Shop.Checkout");
            for (int order = 0; order < 1_000; order++)
            {
                if (order % 10 == 0)
                {
                    logger.LogError(new InvalidOperationException("거절"), "결제 {Order} 실패 {Amount}", order, order * 1.5);
                }
                else
                {
                    logger.LogInformation("결제 {Order} 완료", order);
                }
            }
        }

        Assert.Equal(1_000, await _server.NumberAsync("logs | count"));
        Assert.Equal(1_000, await _server.NumberAsync($"logs | where trace_id == '{traceId}' and isnotempty(span_id) | count"));
        Assert.Equal(100, await _server.NumberAsync("logs | where level == 'error' and message contains '실패' | count"));
        Assert.Equal(900, await _server.NumberAsync("logs | where level == 'info' and service == 'checkout' and host == 'node-7' | count"));
        Assert.Equal(1_000, await _server.NumberAsync("logs | distinct Order | count"));
        Assert.Equal(100, await _server.NumberAsync("logs | where ['exception.message'] == '거절' | count"));
        Assert.Equal(1_000, await _server.NumberAsync("logs | where ['scope.name'] == 'Shop.Checkout' | count"));
    }

    private void Configure(OpenTelemetryLoggerOptions logging)
    {
        logging.IncludeFormattedMessage = true;
        logging.SetResourceBuilder(ResourceBuilder.CreateEmpty().AddAttributes(
            [new("service.name", "checkout"), new("host.name", "node-7")]));
        logging.AddOtlpExporter(exporter =>
        {
            exporter.Endpoint = new Uri(_server.Address, "/v1/logs");
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            exporter.ExportProcessorType = ExportProcessorType.Simple;
        });
    }
}
