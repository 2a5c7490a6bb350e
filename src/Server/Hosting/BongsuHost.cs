using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography.X509Certificates;
using Bongsu.Server.Auth;
using Bongsu.Server.Cli;
using Bongsu.Server.Configuration;
using Bongsu.Server.Http;
using Bongsu.Server.Web;
using Bongsu.Store;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.ResponseCompression;

namespace Bongsu.Server.Hosting;

/// <summary>Wires all rooms together and runs until asked to stop.</summary>
internal static class BongsuHost
{
    private static readonly TimeSpan s_drainTime = TimeSpan.FromSeconds(10);

    /// <summary>Runs a server until SIGTERM, Ctrl-C or cancellation.</summary>
    /// <param name="options">What it was told.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="work">Runs beside the server once it answers, with its address, until it stops; null for
    /// nothing.</param>
    /// <returns>The process's exit code.</returns>
    /// <exception cref="SettingsException">The options do not fit together.</exception>
    public static async Task<int> RunAsync(
        ServerOptions options, CancellationToken cancellation, Func<Uri, CancellationToken, Task>? work = null)
    {
        long startedAt = Stopwatch.GetTimestamp();
        TimeProvider time = TimeProvider.System;
        DataDirectory.Prepare(options.DataDirectory, Console.Error);
        var keys = new ApiKeyFile(options.DataDirectory, time);
        if (!keys.IsConfigured && (!options.Http.IsLoopback || options.Syslog is { IsLoopback: false }))
        {
            throw new SettingsException(
                (options.Http.IsLoopback ? $"--syslog {options.Syslog}" : $"--http {options.Http}") +
                ": without credentials only this machine may connect; " +
                $"make a key first (bongsu keys create --data {options.DataDirectory})");
        }

        try
        {
            await using Rooms rooms = await Rooms.OpenAsync(options, time, cancellation);
            var blocks = new BlockPools();
            await using var trimmer = new MemoryTrimmer(rooms.Gateway, blocks, time);
            await using WebApplication app = Build(options, keys, rooms, blocks, time);
            await app.StartAsync(cancellation);
            var address = new Uri(app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
                .Features.Get<IServerAddressesFeature>()!.Addresses.First());
            if (work is not null)
            {
                return await RunBesideAsync(app, work(address, app.Lifetime.ApplicationStopping), cancellation);
            }

            string access = keys.IsConfigured ? "API keys are asked for" : "no API keys: this machine only";
            double startMs = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
            Console.Out.WriteLine(
                $"bongsu {SessionEndpoints.Version} ready in {startMs:0} ms at {address.GetLeftPart(UriPartial.Authority)}" +
                $"  (data {options.DataDirectory}; {access}{(rooms.SyslogEndpoint is { } syslog ? $"; syslog at {syslog}" : "")})");
            await app.WaitForShutdownAsync(cancellation);
            return ExitCodes.Success;
        }
        catch (Exception error) when (error is StoreException or IOException)
        {
            await Console.Error.WriteLineAsync($"bongsu: {error.Message}");
            return ExitCodes.Failure;
        }
    }

    // A failure of the work stops the server and is told; the server's stop ends the work.
    private static async Task<int> RunBesideAsync(WebApplication app, Task work, CancellationToken cancellation)
    {
        Task shutdown = app.WaitForShutdownAsync(cancellation);
        await Task.WhenAny(work, shutdown);
        await app.StopAsync(CancellationToken.None);
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // The ordinary end.
        }

        return ExitCodes.Success;
    }

    private static WebApplication Build(
        ServerOptions options, ApiKeyFile keys, Rooms rooms, BlockPools blocks, TimeProvider time)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Bongsu", LogLevel.Information);
        builder.WebHost.ConfigureKestrel(kestrel => ConfigureKestrel(kestrel, options));
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>>(blocks);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = s_drainTime);
        builder.Services.AddSingleton(options).AddSingleton(keys).AddSingleton(time);
        builder.Services.AddSingleton(new SessionTokens(options.DataDirectory, time));
        rooms.AddTo(builder.Services);
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.Providers.Add<ZstdAnswers>();
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = ["application/json", "application/x-ndjson", "text/csv", "text/plain"];
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);

        WebApplication app = builder.Build();
        app.UseMiddleware<ErrorAnswers>();
        app.UseMiddleware<BrowserGuard>();
        app.UseRouting();
        app.UseMiddleware<CredentialGuard>();
        app.UseResponseCompression();
        Endpoints.Map(app);
        new WebAssets(Path.Combine(AppContext.BaseDirectory, "web")).Map(app);
        return app;
    }

    private static void ConfigureKestrel(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = 4096;
        kestrel.Listen(options.Http.Address, options.Http.Port, listen =>
        {
            if (options.TlsCertificateFile is null != options.TlsKeyFile is null)
            {
                throw new SettingsException("--tls-cert and --tls-key go together");
            }

            if (options.TlsCertificateFile is not null)
            {
                listen.UseHttps(X509Certificate2.CreateFromPemFile(options.TlsCertificateFile, options.TlsKeyFile));
            }
        });
    }
}
