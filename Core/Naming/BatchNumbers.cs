namespace Marketline.Core.Naming;

/// <summary>Batch numbers are unique within a run: each site has a block of its own.</summary>
public static class BatchNumbers
{
    /// <summary>More batches than a site can have: a million URLs make 20 000 batches of 50.</summary>
    public const int PerSite = 100_000;

    public static int FirstOf(int site) => site * PerSite;

    public static int SiteOf(int batch) => batch / PerSite;

    /// <summary>How many targets a batch was planned with: all of a site's batches are full, but for the last one.</summary>
    public static int TargetCountOf(int batch, int batchSize, long siteTargetCount) =>
        (int)Math.Min(batchSize, siteTargetCount - ((long)(batch % PerSite) * batchSize));
}
