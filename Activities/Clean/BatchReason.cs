using Marketline.Core.Clean;

namespace Marketline.Activities.Clean;

/// <summary>The reason that a batch's problem gives its objects: an error's text may be long, and there is one row for each object.</summary>
internal static class BatchReason
{
    private const int MaxLength = 200;

    public static string? Of(CleanBatchInput input) =>
        input.Problem is { Length: > MaxLength } ? input.Problem[..MaxLength] : input.Problem;
}
