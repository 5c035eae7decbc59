using System.Diagnostics;
using Marketline.Core.Tenants;
using Marketline.Storage;
using Marketline.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Marketline.LocalHost.Cli.Demo;

/// <summary>The installation's first admin key: fetched from where the app leaves it, shown, and kept for the next start.</summary>
internal static class AdminKey
{
    private const string Name = "admin";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task<string> EnsureAsync(LocalSettings settings, DemoKeys keys, CancellationToken cancellationToken)
    {
        if (keys.Find(Name) is { } known)
        {
            return known;
        }

        var key = (await FetchAsync(settings.StorageConnection, cancellationToken)).Reveal();
        keys.Add(Name, key);
        AnsiConsole.MarkupLineInterpolated($"The first admin key, shown this once: [bold]{key}[/]");
        return key;
    }

    private static async Task<ApiKey> FetchAsync(string connection, CancellationToken cancellationToken)
    {
        var storage = new Dictionary<string, string?> { [$"{StorageOptions.SectionName}:{nameof(StorageOptions.ConnectionString)}"] = connection };
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddStorage(new ConfigurationBuilder().AddInMemoryCollection(storage).Build())
            .BuildServiceProvider();
        var handover = services.GetRequiredService<BlobFirstKeyStore>();
        var startedAt = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(startedAt) < Patience)
        {
            if (await handover.FindAsync(cancellationToken) is { } key)
            {
                return key;
            }

            await Task.Delay(Pause, cancellationToken);
        }

        throw new CliException("the installation's admin key is not known here: stop the storage emulator, delete .azurite and .engine, and start again.");
    }
}
