namespace Marketline.Platforms.Crawl;

/// <param name="Refusal">Why the address may not be asked; null when it may.</param>
/// <param name="IsDeferred">It is not known yet: the time box was over before robots.txt was read.</param>
internal readonly record struct Admission(FetchFailure? Refusal, bool IsDeferred = false)
{
    public static Admission Granted => default;
}
