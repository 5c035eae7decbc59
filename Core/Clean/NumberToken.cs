namespace Marketline.Core.Clean;

/// <summary>A number as it stands in a text, from its first digit to behind its last character (a written <c>,-</c> included).</summary>
internal readonly record struct NumberToken(decimal Amount, int Start, int End, bool HasDecimals, bool IsDoubtful);
