namespace Marketline.Functions.Http.Runs;

/// <summary>A run as it was read, with the answer that tells of it.</summary>
/// <param name="Json">The view as UTF-8.</param>
/// <param name="ETag">Of <paramref name="Json"/>, in quotes.</param>
/// <param name="Age">How old the answer may get before it is read again.</param>
/// <param name="IsEnded">Nothing more comes of the run: it is closed, or its orchestration broke.</param>
internal sealed record CachedRun(RunView View, byte[] Json, string ETag, TimeSpan Age, bool IsEnded);
