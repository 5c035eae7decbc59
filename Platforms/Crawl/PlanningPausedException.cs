namespace Marketline.Platforms.Crawl;

/// <summary>Planning goes on in another time box; ends a connector's reading where it is.</summary>
public sealed class PlanningPausedException : Exception
{
    public PlanningPausedException() { }

    public PlanningPausedException(string message)
        : base(message) { }

    public PlanningPausedException(string message, Exception innerException)
        : base(message, innerException) { }

    public PlanningPausedException(DateTimeOffset resumeUtc)
        : base("The time box of planning is over.")
    {
        ResumeUtc = resumeUtc;
    }

    /// <summary>When the site may be asked again.</summary>
    public DateTimeOffset ResumeUtc { get; }
}
