using Marketline.Core.Runs;

namespace Marketline.Storage.Tables;

public sealed record VersionedWatchedRun(WatchedRun Run, string ETag);
