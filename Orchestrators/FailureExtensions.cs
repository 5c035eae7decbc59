using Microsoft.DurableTask;

namespace Marketline.Orchestrators;

internal static class FailureExtensions
{
    /// <summary>
    /// The messages of storage services bring headers and bodies along. What they are written into does not take that: a custom
    /// status 16 KB, a column of the run's row 64 KB for all problems.
    /// </summary>
    private const int MaxLength = 300;

    /// <summary>What failed, in a line.</summary>
    public static string Reason(this TaskFailedException failure)
    {
        var message = failure.FailureDetails.ErrorMessage.AsSpan().Trim();
        var line = message[..(message.IndexOfAny('\r', '\n') is >= 0 and var end ? end : message.Length)];
        return line.Length <= MaxLength ? line.ToString() : $"{line[..MaxLength]}…";
    }
}
