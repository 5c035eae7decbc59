namespace Marketline.Storage.Tables;

public enum IdempotencyState
{
    /// <summary>Nobody has used the key: the caller may go on, and completes or forgets the claim.</summary>
    New,

    /// <summary>The same request was answered; the answer is in the claim.</summary>
    Answered,

    /// <summary>The same request is being worked on.</summary>
    UnderWay,

    /// <summary>The key was used for another request.</summary>
    OtherRequest,
}
