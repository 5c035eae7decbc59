using Marketline.Platforms.Extract.Tree;

namespace Marketline.Platforms.Extract;

/// <summary>A visible piece of text, in the page's order.</summary>
internal readonly record struct TextRun(string Text, PageElement Parent);
