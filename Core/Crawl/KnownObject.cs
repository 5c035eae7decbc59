using Marketline.Core.Extract;

namespace Marketline.Core.Crawl;

/// <summary>An object of a <see cref="KnownPage"/>.</summary>
/// <param name="Url">Null: the page's.</param>
/// <param name="FilterReason">Why it was left out, such as <c>duplicate</c>; null for one that is in the datasets.</param>
public sealed record KnownObject(string ObjectKey, ObjectType Type, string? Url, string? FilterReason);
