namespace Marketline.Core.Crawl;

/// <summary>What a batch has taken of its run's budget, or may take.</summary>
public sealed record BatchUse(long PageCount, long ByteCount, long ErrorCount)
{
    public static readonly BatchUse None = new(0, 0, 0);

    public BatchUse Add(BatchUse other) => new(PageCount + other.PageCount, ByteCount + other.ByteCount, ErrorCount + other.ErrorCount);
}
