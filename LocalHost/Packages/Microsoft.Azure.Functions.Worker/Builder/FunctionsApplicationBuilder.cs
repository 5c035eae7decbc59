using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Local;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Builds an app and, on this machine, the host that runs it.</summary>
public sealed class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private const long MaxRequestBodyBytes = 104_857_600;

    private readonly HostLaunch _launch;
    private readonly WebApplicationBuilder _inner;
    private readonly MiddlewareList _middlewares = new();
    private readonly HostState _state = new();
    private readonly int _port;
    private bool _isBuilt;

    internal FunctionsApplicationBuilder(HostLaunch launch)
    {
        _launch = launch;
        var portArgument = launch.PortArgument();
        var hostJson = HostJson.Read(launch.AppFolder);
        var local = LocalSettingsFile.Read(launch.AppFolder);
        if (launch.OwnsProcess)
        {
            HostSettings.Export(local);
        }

        _inner = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = launch.Args,
            ApplicationName = launch.AppAssembly.GetName().Name,
            ContentRootPath = launch.AppFolder,
            EnvironmentName = System.Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? Environments.Development,
        });
        HostSettings.Add(_inner.Configuration, hostJson, local, launch);
        _port = portArgument ?? local.LocalHttpPort ?? HostLaunch.DefaultPort;
        _inner.WebHost.UseUrls($"http://127.0.0.1:{_port}");
        _inner.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
        });
        AddHostServices(hostJson);
        foreach (var extension in FunctionScanner.FindExtensions(launch))
        {
            ((WorkerExtensionStartup)Activator.CreateInstance(extension)!).Configure(this);
        }
    }

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_inner).Properties;

    public ConfigurationManager Configuration => _inner.Configuration;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    public IHostEnvironment Environment => _inner.Environment;

    public ILoggingBuilder Logging => _inner.Logging;

    public IMetricsBuilder Metrics => _inner.Metrics;

    public IServiceCollection Services => _inner.Services;

    /// <summary>Checks every function of the app and returns the host that runs them.</summary>
    public IHost Build()
    {
        ThrowIfBuilt();
        _isBuilt = true;
        return _launch.OwnsProcess ? HostExit.OnStartFailure(BuildHost) : BuildHost();
    }

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_inner).ConfigureContainer(factory, configure);

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ThrowIfBuilt();
        _middlewares.Add(middleware);
        return this;
    }

    private void AddHostServices(HostJson hostJson)
    {
        Services.AddRouting();
        Services.AddSingleton(_launch);
        Services.AddSingleton(hostJson);
        Services.AddSingleton(_middlewares);
        Services.AddSingleton(_state);
        Services.AddSingleton<DataFolder>();
        Services.AddSingleton<HostStopping>();
        Services.AddSingleton<FunctionCatalog>();
        Services.AddSingleton<FunctionInvoker>();
        Services.Configure<JsonSerializerOptions>(options => options.PropertyNameCaseInsensitive = true);
        Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        Logging.ClearProviders();
        if (_launch.OwnsProcess)
        {
            Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && _state.IsUp);
            Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
        }
        else
        {
            Services.AddSingleton<IHostLifetime, UnattendedLifetime>();
        }
    }

    private LocalFunctionsHost BuildHost()
    {
        Services.TryAddSingleton(TimeProvider.System);
        Services.AddHostedService<HostPartsService>();
        var app = _inner.Build();
        var catalog = app.Services.GetRequiredService<FunctionCatalog>();
        FrontDoor.Open(app);
        return new LocalFunctionsHost(app, _launch, _port, catalog);
    }

    private void ThrowIfBuilt()
    {
        if (_isBuilt)
        {
            throw new InvalidOperationException("The application has already been built.");
        }
    }
}
