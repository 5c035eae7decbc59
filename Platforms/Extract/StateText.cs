namespace Marketline.Platforms.Extract;

/// <summary>A text of a page that may hold its state.</summary>
/// <param name="Text">JSON, or a script with JSON in it.</param>
/// <param name="Location">Where it stands, such as <c>script#__NEXT_DATA__</c> or <c>div[data-product]</c>.</param>
internal sealed record StateText(string Text, string Location);
