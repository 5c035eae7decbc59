namespace Marketline.Benchmarks.Api;

internal sealed record LoadResult(double RequestsPerSecond, double MedianMilliseconds, double P99Milliseconds);
