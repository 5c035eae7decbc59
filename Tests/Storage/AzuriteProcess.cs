using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Marketline.Tests.Storage;

/// <summary>
/// One Azurite of a test's own: free ports, a temporary folder, no telemetry. The table service stands behind a relay, so that it
/// can be away while blobs and queues go on. The emulator ends with this process, however that ends.
/// </summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    /// <summary>Azurite saves its data when it is told to end, which it is when nobody holds the shell's input any more.</summary>
    private const string Shell = """
        exec 3<&0
        "$@" 3<&- &
        pid=$!
        (cat <&3 >/dev/null; kill -TERM $pid 2>/dev/null) &
        wait $pid
        """;

    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("azurite-");
    private readonly bool onDisk;
    private readonly X509Certificate2? certificate;
    private readonly StringBuilder errors = new();
    private Process? process;
    private int[] ports = [0, 0, 0];
    private TcpRelay? tables;

    private AzuriteProcess(bool onDisk, X509Certificate2? certificate)
    {
        this.onDisk = onDisk;
        this.certificate = certificate;
    }

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
        + $"BlobEndpoint=http://127.0.0.1:{ports[0]}/{Account};QueueEndpoint=http://127.0.0.1:{ports[1]}/{Account};"
        + $"TableEndpoint=http://127.0.0.1:{tables!.Port}/{Account};";

    /// <summary>The blob service for tokens, when the emulator has a certificate.</summary>
    public Uri SecureBlobEndpoint => new($"https://127.0.0.1:{ports[0]}/{Account}");

    /// <summary>The table service without the relay, for measurements.</summary>
    public Uri DirectTableEndpoint => new($"http://127.0.0.1:{ports[2]}/{Account}");

    /// <param name="onDisk">True if the data must outlive <see cref="StopAsync"/>.</param>
    /// <param name="certificate">With its key: all services speak HTTPS with it and take Entra ID's tokens, unsigned ones too.</param>
    public static async Task<AzuriteProcess> StartAsync(bool onDisk = false, X509Certificate2? certificate = null)
    {
        var azurite = new AzuriteProcess(onDisk, certificate);
        try
        {
            await azurite.RunAsync();
            azurite.tables = new TcpRelay(azurite.ports[2]);
            azurite.StartTables();
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on connections to the table service are refused, open ones are cut; its data stays.</summary>
    public void StopTables() => tables!.Stop();

    public void StartTables() => tables!.Start();

    /// <summary>Ends the emulator; all three services refuse connections.</summary>
    public async Task StopAsync()
    {
        StopTables();
        process!.StandardInput.Close();
        using var timeout = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(timeout.Token);
        process.Dispose();
        process = null;
    }

    /// <summary>Starts it again on the same ports and data.</summary>
    public async Task RestartAsync()
    {
        if (!onDisk)
        {
            throw new InvalidOperationException("What was in memory is gone: start Azurite with its data on disk.");
        }

        await RunAsync();
        StartTables();
    }

    public async ValueTask DisposeAsync()
    {
        tables?.Dispose();
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        folder.Delete(recursive: true);
    }

    private async Task RunAsync()
    {
        var npm = Path.Combine(RepositoryPaths.Root, "LocalHost", "npm");
        var script = Path.Combine(npm, "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(script))
        {
            using var install = Process.Start(new ProcessStartInfo("npm", "ci --ignore-scripts") { WorkingDirectory = npm })!;
            await install.WaitForExitAsync();
        }

        var start = new ProcessStartInfo("/bin/sh", ["-c", Shell, "azurite", "node", script, .. Arguments()])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        using var timeout = new CancellationTokenSource(Patience);
        ports = [await PortAsync(timeout.Token), await PortAsync(timeout.Token), await PortAsync(timeout.Token)];
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }

    private string[] Arguments() =>
    [
        "--silent", "--disableTelemetry", "--skipApiVersionCheck",
        "--blobPort", $"{ports[0]}", "--queuePort", $"{ports[1]}", "--tablePort", $"{ports[2]}",
        .. onDisk ? ["--location", folder.FullName] : new[] { "--inMemoryPersistence" },
        .. certificate is null ? [] : Secure(certificate),
    ];

    private string[] Secure(X509Certificate2 identity)
    {
        var (cert, key) = (Path.Combine(folder.FullName, "cert.pem"), Path.Combine(folder.FullName, "key.pem"));
        File.WriteAllText(cert, identity.ExportCertificatePem());
        File.WriteAllText(key, identity.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return ["--oauth", "basic", "--cert", cert, "--key", key];
    }

    /// <summary>Blob, queue and table service say in this order where they listen.</summary>
    private async Task<int> PortAsync(CancellationToken cancellationToken)
    {
        while (await process!.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                return int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        throw new InvalidOperationException($"Azurite did not start: {errors}");
    }

    [GeneratedRegex(@"successfully listening at https?://127\.0\.0\.1:(\d+)")]
    private static partial Regex Listening();
}
