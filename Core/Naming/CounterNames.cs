using System.Globalization;

namespace Marketline.Core.Naming;

/// <summary>The tenants' counters and the windows that they count in.</summary>
public static class CounterNames
{
    /// <summary>Pages fetched, in a window of a <see cref="Day"/>.</summary>
    public const string Pages = "pages";

    /// <summary>API requests, in a window of a <see cref="Minute"/>.</summary>
    public const string Requests = "requests";

    /// <summary>Bytes in the tenant's container when they were last measured, in the window <see cref="Now"/>.</summary>
    public const string StoredBytes = "stored-bytes";

    /// <summary>The window of what is a state and not a count.</summary>
    public const string Now = "now";

    public static string Day(DateTimeOffset utc) => utc.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    public static string Minute(DateTimeOffset utc) => (utc.ToUnixTimeSeconds() / 60).ToString(CultureInfo.InvariantCulture);
}
