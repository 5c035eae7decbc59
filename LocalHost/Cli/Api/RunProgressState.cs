namespace Marketline.LocalHost.Cli.Api;

internal sealed record RunProgressState(string Phase, long TargetCount, long PagesDone);
