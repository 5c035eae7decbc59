namespace Marketline.Tests.Orchestrators;

/// <summary>A call of an activity: who made it, and which one with what, such as <c>CrawlBatch 0/1</c>.</summary>
internal sealed record StepCall(string InstanceId, string Step, DateTimeOffset AtUtc);
