namespace Marketline.Core.Runs;

/// <summary>The activity that starts runs after a run.</summary>
public static class FollowUpContracts
{
    public static readonly ActivityContract<StartFollowUpsInput, StartFollowUpsOutput> StartFollowUps = new("StartFollowUpsActivity");
}
