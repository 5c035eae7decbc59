namespace Marketline.Platforms.Extract;

/// <summary>What an element's tag, id and class say of the text within it.</summary>
[Flags]
internal enum Traits
{
    None = 0,
    Price = 1,

    /// <summary>The price that is asked now: sale, special, final.</summary>
    Current = 2,

    /// <summary>A price of the past or of others: crossed out, RRP, "was".</summary>
    Old = 4,
    Struck = 8,
    Shipping = 16,
    PerUnit = 32,
    Instalment = 64,
    Saving = 128,
    Reward = 256,
    UsedOffer = 512,

    /// <summary>Other products: recommendations, lists, sliders.</summary>
    Related = 1024,

    /// <summary>The page's frame: navigation, footer, small cart.</summary>
    Frame = 2048,
    Review = 4096,
    Hidden = 8192,
    Stock = 16384,
    Main = 32768,

    /// <summary>A price without tax.</summary>
    Net = 65536,

    /// <summary>What holds for everything within, however deep.</summary>
    Inherited = Related | Frame | Review | Hidden | Struck | UsedOffer,
}
