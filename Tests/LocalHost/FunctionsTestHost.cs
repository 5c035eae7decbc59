using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.LocalHost;

/// <summary>
/// Runs function classes on the local host inside the test process: a free port, its own folder, the settings, clock and
/// services that the test gives.
/// </summary>
internal sealed class FunctionsTestHost : IAsyncDisposable
{
    private readonly LocalFunctionsHost _host;
    private readonly TemporaryFolder? _ownFolder;

    private FunctionsTestHost(LocalFunctionsHost host, TemporaryFolder? ownFolder, string output)
    {
        _host = host;
        _ownFolder = ownFolder;
        Output = output;
        Client = new HttpClient { BaseAddress = host.Address };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>What the host printed when it was up.</summary>
    public string Output { get; }

    public static async Task<FunctionsTestHost> StartAsync(FunctionsTestOptions options)
    {
        var ownFolder = options.Folder is null ? new TemporaryFolder() : null;
        try
        {
            var output = new StringWriter();
            var host = Build(options, options.Folder ?? ownFolder!, output);
            try
            {
                await host.StartAsync();
            }
            catch
            {
                await host.DisposeAsync();
                throw;
            }

            return new FunctionsTestHost(host, ownFolder, output.ToString());
        }
        catch
        {
            ownFolder?.Dispose();
            throw;
        }
    }

    public static Task<FunctionsTestHost> StartAsync(params Type[] functions) =>
        StartAsync(new FunctionsTestOptions { Functions = functions });

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync();
        await _host.DisposeAsync();
        _ownFolder?.Dispose();
    }

    private static LocalFunctionsHost Build(FunctionsTestOptions options, TemporaryFolder folder, TextWriter output)
    {
        folder.Write("host.json", options.HostJson);
        if (options.LocalSettings is { } settings)
        {
            folder.Write("local.settings.json", settings);
        }

        var builder = new FunctionsApplicationBuilder(new HostLaunch
        {
            Args = options.Args,
            AppFolder = folder.FullPath,
            WorkingFolder = folder.FullPath,
            AppAssembly = typeof(FunctionsTestHost).Assembly,
            FunctionTypes = options.Functions,
            Settings = options.Settings,
            Output = output,
        });
        if (options.UsesWebApplication)
        {
            builder.ConfigureFunctionsWebApplication();
        }

        if (options.Time is { } time)
        {
            builder.Services.AddSingleton(time);
        }

        options.Configure(builder);
        return (LocalFunctionsHost)builder.Build();
    }
}
