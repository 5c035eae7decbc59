using Marketline.LocalHost.Cli.Api;

namespace Marketline.LocalHost.Cli.Report;

/// <summary>A run that was started, and who may ask for it.</summary>
internal sealed record StartedRun(string Name, string RunId, ApiClient Client);
