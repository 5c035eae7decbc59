using System.Globalization;
using System.Text;
using Marketline.LocalHost.DemoMarketplace.Products;

namespace Marketline.LocalHost.DemoMarketplace.Pages;

/// <summary>
/// What makes a real page big: styles, inline scripts, settings, icons and menus that mean nothing to a reader of products.
/// Made once per shop, in ASCII so that it is valid in every encoding, and varied enough to compress like a real page.
/// </summary>
internal sealed class PagePadding
{
    private static readonly string[] Words =
    [
        "panel",
        "grid",
        "carousel",
        "drawer",
        "modal",
        "tooltip",
        "banner",
        "sticky",
        "wishlist",
        "swatch",
        "accordion",
        "toolbar",
        "facet",
        "overlay",
        "skeleton",
        "ribbon",
        "stepper",
        "avatar",
        "toggle",
        "spinner",
        "locale",
        "consent",
    ];

    private static readonly string[] Properties =
    [
        "margin",
        "padding",
        "inset",
        "gap",
        "border-radius",
        "transform",
        "opacity",
        "transition",
        "min-height",
        "flex",
    ];

    private PagePadding(byte[] head, byte[] body)
    {
        Head = head;
        Body = body;
    }

    public ReadOnlyMemory<byte> Head { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public static PagePadding Create(int seed, string shop, int sizeBytes)
    {
        var draw = Draw.For(seed, shop);
        var head = Fill(draw, sizeBytes * 45 / 100, "<style>\n", "</style>\n", Rule);
        var script = Fill(
            draw,
            sizeBytes * 40 / 100,
            "<script>(function(w){var q=w.__ui=w.__ui||[];\n",
            "})(window);</script>\n",
            Statement
        );
        var icons = Fill(
            draw,
            sizeBytes * 15 / 100,
            "<svg hidden xmlns=\"http://www.w3.org/2000/svg\">\n",
            "</svg>\n",
            Icon
        );
        return new PagePadding(head, [.. script, .. icons]);
    }

    private static byte[] Fill(Draw draw, int sizeBytes, string open, string close, Func<Draw, int, string> line)
    {
        if (sizeBytes < 500)
        {
            return [];
        }

        var text = new StringBuilder(sizeBytes + 200).Append(open);
        for (var n = 0; text.Length < sizeBytes - close.Length; n++)
        {
            text.Append(line(draw, n));
        }

        return Encoding.ASCII.GetBytes(text.Append(close).ToString());
    }

    private static string Rule(Draw draw, int n)
    {
        var name = $"{Word(draw, n)}__{Word(draw, n + 7000)}";
        var property = draw.Pick(Properties, DrawPurpose.Padding, n + 14_000);
        return string.Create(
            CultureInfo.InvariantCulture,
            $".{name}--{Number(draw, n, 4096):x}{{{property}:{Number(draw, n + 1, 48)}px;order:{Number(draw, n + 2, 9)}}}\n"
        );
    }

    private static string Statement(Draw draw, int n) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"q.push([\"{Word(draw, n)}.{Word(draw, n + 9000)}\",{{k:\"{Number(draw, n, 1 << 30):x8}\",on:{(n % 2 == 0 ? "!0" : "!1")},t:{Number(draw, n + 3, 900)}}}]);\n"
        );

    private static string Icon(Draw draw, int n) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"<symbol id=\"i-{Word(draw, n)}-{n}\" viewBox=\"0 0 24 24\"><path d=\"M{Number(draw, n, 24)} {Number(draw, n + 1, 24)}l{Number(draw, n + 2, 12)} {Number(draw, n + 3, 12)}h-{Number(draw, n + 4, 12)}z\"/></symbol>\n"
        );

    private static string Word(Draw draw, int n) => draw.Pick(Words, DrawPurpose.Padding, n);

    private static int Number(Draw draw, int n, int bound) => draw.Below(bound, DrawPurpose.Padding, n + 21_000);
}
