namespace Marketline.LocalHost.DemoMarketplace.Faults;

/// <summary>What can be wrong with a product page of the faulty shop. The names stand in the ground truth.</summary>
internal enum FaultKind
{
    None,

    /// <summary>429 with Retry-After once.</summary>
    RateLimitedOnce,

    /// <summary>429 with Retry-After every time.</summary>
    RateLimitedAlways,

    /// <summary>500 twice.</summary>
    ServerErrorTwice,
    ServerErrorAlways,

    /// <summary>503 with Retry-After once.</summary>
    UnavailableOnce,
    Forbidden,

    /// <summary>200 with a page that asks for proof of a human.</summary>
    HumanCheck,

    /// <summary>No answer at all.</summary>
    StallsBeforeHeaders,

    /// <summary>Half a page and then nothing.</summary>
    StallsInBody,

    /// <summary>Fewer bytes than Content-Length says.</summary>
    CutOffLength,

    /// <summary>Chunked, without the last chunk.</summary>
    CutOffChunked,

    /// <summary>Fewer bytes than Content-Length says, once.</summary>
    CutOffOnce,

    /// <summary>Windows-1252, as the meta element says; the header says UTF-8.</summary>
    WindowsBytesUnderUtf8,

    /// <summary>UTF-8, as the meta element says; the header says ISO-8859-1.</summary>
    Utf8UnderLatinHeader,
    BrokenJsonLd,
    TruncatedJsonLd,

    /// <summary>A PDF, honestly labelled.</summary>
    PdfBody,

    /// <summary>A PNG that says it is HTML.</summary>
    PngBodyAsHtml,
    EmptyBody,

    /// <summary>50 MB.</summary>
    HugePage,

    /// <summary>512 MB of nothing in about half a megabyte of gzip.</summary>
    GzipBomb,

    /// <summary>Content-Encoding says gzip, the bytes are not.</summary>
    NotReallyGzip,

    /// <summary>Three hops to a page that is in order.</summary>
    RedirectChain,
    RedirectLoop,

    /// <summary>Every hop leads to a new address.</summary>
    RedirectEndless,

    /// <summary>To the metadata service of the cloud the crawler may run in.</summary>
    RedirectToMetadata,

    /// <summary>The same as an IPv4-mapped IPv6 address.</summary>
    RedirectToMappedMetadata,
    NoPrice,
    PriceOnRequest,
    ZeroPrice,

    /// <summary>200 with a page that says there is none.</summary>
    SoftNotFound,
    NotFound,
}
