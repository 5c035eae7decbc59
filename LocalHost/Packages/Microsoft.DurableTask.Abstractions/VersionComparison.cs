namespace Microsoft.DurableTask;

/// <summary>Compares versions as numbers where both are such, else as text without regard to case.</summary>
internal static class VersionComparison
{
    public static int Compare(string left, string right)
    {
        var leftIsEmpty = string.IsNullOrWhiteSpace(left);
        var rightIsEmpty = string.IsNullOrWhiteSpace(right);
        if (leftIsEmpty || rightIsEmpty)
        {
            return rightIsEmpty.CompareTo(leftIsEmpty);
        }

        return System.Version.TryParse(left, out var leftVersion) && System.Version.TryParse(right, out var rightVersion)
            ? leftVersion.CompareTo(rightVersion)
            : string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
    }
}
