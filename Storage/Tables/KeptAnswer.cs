namespace Marketline.Storage.Tables;

/// <summary>An answer that is given again.</summary>
/// <param name="Body">Null when it is not kept, because it holds a secret or is too long.</param>
public sealed record KeptAnswer(int Status, string? Location, string? ContentType, string? Body);
