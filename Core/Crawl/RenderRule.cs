namespace Marketline.Core.Crawl;

/// <summary>
/// Which pages are rendered. A page is always read as sent first, so that a site which no longer needs a browser shows it by
/// itself; only pages that look like an empty shell and hold nothing of what is wanted are worth a probe. Of those that hold something but
/// not all, see <see cref="PartRule"/>.
/// </summary>
public static class RenderRule
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    /// <summary>So many probes of likely shells in vain, and they are left alone until <see cref="MaxAge"/> is over: not every page of a shop is a product's.</summary>
    public const int MaxVainProbes = 10;

    /// <summary>The same for pages that hardly look like a shell.</summary>
    public const int MaxVainWeakProbes = 3;

    /// <summary>So many good pages as sent, in a row, and the site does not need a browser any more.</summary>
    public const int PlainPagesToReturn = 5;

    /// <param name="mode">As the plan says.</param>
    /// <param name="state">What is known of the site.</param>
    /// <param name="sign">How the page as sent looks.</param>
    /// <param name="hasWanted">Whether the page as sent holds what is wanted; asked only where it matters, because it costs an extraction.</param>
    /// <param name="nowUtc">The time.</param>
    public static RenderChoice Choose(RenderMode mode, SiteRendering? state, ShellSign sign, Func<bool> hasWanted, DateTimeOffset nowUtc)
    {
        if (mode != RenderMode.Auto)
        {
            return mode == RenderMode.Always ? RenderChoice.Render : RenderChoice.Plain;
        }

        var isKnown = state is not null && nowUtc < state.DecidedUtc + MaxAge;
        if (isKnown && state!.NeedsBrowser)
        {
            return hasWanted() ? RenderChoice.PlainIsEnough : RenderChoice.Render;
        }

        var isWorthIt = sign switch
        {
            ShellSign.Strong => !isKnown || state!.VainProbeCount < MaxVainProbes,
            ShellSign.Weak => !isKnown || state!.VainWeakProbeCount < MaxVainWeakProbes,
            _ => false,
        };
        return isWorthIt && !hasWanted() ? RenderChoice.Probe : RenderChoice.Plain;
    }

    /// <param name="state">Before the probe, or before a page that was rendered because the site needs it.</param>
    /// <param name="sign">How the page as sent looked.</param>
    /// <param name="hasGained">Whether the rendered page holds what the page as sent did not.</param>
    /// <param name="nowUtc">The time.</param>
    public static SiteRendering AfterRendering(SiteRendering? state, ShellSign sign, bool hasGained, DateTimeOffset nowUtc)
    {
        if (hasGained)
        {
            return new SiteRendering { NeedsBrowser = true, DecidedUtc = nowUtc, Parts = state?.Parts };
        }

        if (state is { NeedsBrowser: true } && nowUtc < state.DecidedUtc + MaxAge)
        {
            // One page without a product says nothing about the others.
            return state with { PlainCount = 0 };
        }

        var isOld = state is null || state.NeedsBrowser || nowUtc >= state.DecidedUtc + MaxAge;
        var before = isOld ? new SiteRendering { Parts = state?.Parts } : state!;
        return sign == ShellSign.Strong
            ? before with { DecidedUtc = nowUtc, VainProbeCount = before.VainProbeCount + 1 }
            : before with { DecidedUtc = nowUtc, VainWeakProbeCount = before.VainWeakProbeCount + 1 };
    }

    public static SiteRendering AfterPlainIsEnough(SiteRendering state, DateTimeOffset nowUtc) =>
        state.PlainCount + 1 >= PlainPagesToReturn ? new SiteRendering { DecidedUtc = nowUtc, Parts = state.Parts } : state with { PlainCount = state.PlainCount + 1 };
}
