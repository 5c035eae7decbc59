namespace Marketline.Platforms;

/// <summary>A site whose targets can not be found; the message says why and what to do, in words for the plan's owner.</summary>
public sealed class TargetPlanningException : Exception
{
    public TargetPlanningException()
        : base("The site's targets can not be planned.") { }

    public TargetPlanningException(string message)
        : base(message) { }

    public TargetPlanningException(string message, Exception innerException)
        : base(message, innerException) { }
}
