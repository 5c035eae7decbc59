using Marketline.Core.Plans;

namespace Marketline.Storage.Tables;

public sealed record VersionedPlan(Plan Plan, string ETag);
