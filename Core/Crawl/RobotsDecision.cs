namespace Marketline.Core.Crawl;

/// <summary>Whether robots.txt allows an address.</summary>
/// <param name="Line">Which line says so, from 1; null when none names the address, which allows it.</param>
/// <param name="Rule">That line, with its pattern in the form in which it is compared.</param>
public sealed record RobotsDecision(bool IsAllowed, int? Line, string? Rule);
