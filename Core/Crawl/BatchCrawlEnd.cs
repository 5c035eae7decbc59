using System.Text.Json.Serialization;

namespace Marketline.Core.Crawl;

/// <summary>Why the crawl of a batch ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchCrawlEnd>))]
public enum BatchCrawlEnd
{
    /// <summary>Every target has its page or its reason.</summary>
    Completed,

    /// <summary>The time box is over; the rest goes on at once.</summary>
    TimeBox,

    /// <summary>The run's pages, bytes or errors are used up.</summary>
    Budget,

    /// <summary>The site asked for a pause, or failed too often in a row; the rest goes on at the throttle's next request.</summary>
    SitePaused,

    /// <summary>The run was cancelled on the way.</summary>
    Stopped,
}
