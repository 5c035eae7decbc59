namespace Marketline.LocalHost.DemoMarketplace.Pages;

/// <summary>A page without its padding.</summary>
/// <param name="Head">What stands in <c>head</c> beside charset and style: title, links, meta and structured data.</param>
/// <param name="Body">What stands in <c>body</c>.</param>
/// <param name="BodyAttributes">With a leading space, or empty.</param>
internal sealed record HtmlPage(string Head, string Body, string BodyAttributes = "");
