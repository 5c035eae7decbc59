using System.Diagnostics;
using System.Runtime.Versioning;

namespace Marketline.Tests.EndToEnd;

/// <summary><c>run.sh</c> on machines that lack something: one line that says what, and a non-zero exit, before anything is started.</summary>
[Parallelizable]
[UnsupportedOSPlatform("windows")]
public sealed class SetupScriptTests
{
    /// <summary>What every machine has.</summary>
    private static readonly string[] Basics = ["bash", "dirname", "sed", "find", "mktemp", "mkdir", "touch", "rm", "grep", "sort", "head", "cat"];

    private TemporaryFolder _checkout = null!;
    private TemporaryFolder _machine = null!;

    [SetUp]
    public void MakeMachine()
    {
        _checkout = new TemporaryFolder();
        foreach (var file in new[] { "run.sh", "LocalHost/setup.sh", "global.json", "LocalHost/npm/package-lock.json" })
        {
            _checkout.Write(file, File.ReadAllText(Path.Combine(RepositoryPaths.Root, file)));
        }

        File.SetLastWriteTimeUtc(Path.Combine(_checkout.FullPath, "LocalHost/npm/package-lock.json"), DateTime.UnixEpoch);
        _checkout.Write("LocalHost/npm/node_modules/.installed", "");
        _machine = new TemporaryFolder();
        foreach (var tool in Basics)
        {
            var path = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, tool)).First(File.Exists);
            File.CreateSymbolicLink(Path.Combine(_machine.FullPath, tool), path);
        }
    }

    [TearDown]
    public void RemoveMachine()
    {
        _machine.Dispose();
        _checkout.Dispose();
    }

    [Test]
    public Task Run_NodeIsMissing_SaysSo() => AssertEndsAsync("node is missing: install Node.js 20 or newer");

    [Test]
    public async Task Run_NodeIsTooOld_SaysWhichThereIs()
    {
        Install("node", "echo v18.19.0");
        Install("npm", "exit 0");

        await AssertEndsAsync("Node.js 20 or newer is needed, this is v18.19.0.");
    }

    [Test]
    public async Task Run_NpmIsMissing_SaysSo()
    {
        Install("node", "echo v20.11.1");

        await AssertEndsAsync("npm is missing");
    }

    [Test]
    public async Task Run_NpmFails_SaysWhere()
    {
        Install("node", "echo v20.11.1");
        Install("npm", "exit 1");
        Install("dotnet", "exit 0");
        File.Delete(Path.Combine(_checkout.FullPath, "LocalHost/npm/node_modules/.installed"));

        await AssertEndsAsync("npm ci failed in LocalHost/npm", "Installing the storage emulator");
    }

    /// <summary>Before the npm packages, which take their time.</summary>
    [Test]
    public async Task Run_DotnetIsMissing_SaysSo()
    {
        Install("node", "echo v20.11.1");
        Install("npm", "exit 1");
        File.Delete(Path.Combine(_checkout.FullPath, "LocalHost/npm/node_modules/.installed"));

        await AssertEndsAsync("dotnet is missing: install the .NET SDK 10");
    }

    [Test]
    public async Task Run_DotnetIsAnotherOne_SaysWhichIsNeeded()
    {
        Install("node", "echo v20.11.1");
        Install("npm", "exit 0");
        Install("dotnet", "echo 'Requested SDK version: 10.0.100' >&2; exit 145");

        await AssertEndsAsync("the .NET SDK that global.json asks for is missing: install the .NET SDK 10 (Requested SDK version: 10.0.100)");
    }

    [Test]
    public async Task Run_BuildFails_ShowsTheErrorsAndSaysWhereTheRestIs()
    {
        Install("node", "echo v20.11.1");
        Install("npm", "exit 0");
        Install("dotnet", "[ \"$1\" = --version ] && exit 0; echo 'Core/A.cs(1,1): error CS1002: ; expected'; exit 1");

        await AssertEndsAsync("the build failed; all of its output is in artifacts/build.log.", "Building ...", "Core/A.cs(1,1): error CS1002: ; expected");
    }

    /// <param name="expected">How the last line begins, behind the program's name.</param>
    /// <param name="before">The lines before it.</param>
    private async Task AssertEndsAsync(string expected, params string[] before)
    {
        var start = new ProcessStartInfo(Path.Combine(_machine.FullPath, "bash"), [Path.Combine(_checkout.FullPath, "run.sh")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = _machine.FullPath;
        using var process = Process.Start(start)!;
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        var lines = texts[1].TrimEnd('\n').Split('\n');
        Assert.Multiple(() =>
        {
            Assert.That(process.ExitCode, Is.EqualTo(1));
            Assert.That(texts[0], Is.Empty);
            Assert.That(lines[^1], Does.StartWith($"marketline: {expected}"));
            Assert.That(lines, Has.Length.EqualTo(before.Length + 1), texts[1]);
            Assert.That(lines.Zip(before).Where(pair => !pair.First.StartsWith(pair.Second, StringComparison.Ordinal)), Is.Empty);
        });
    }

    private void Install(string program, string script)
    {
        var path = _machine.Write(program, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
