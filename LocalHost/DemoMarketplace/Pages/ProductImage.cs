using System.Globalization;

namespace Marketline.LocalHost.DemoMarketplace.Pages;

/// <summary>A picture for every product: two shapes in colours that follow from the number.</summary>
internal static class ProductImage
{
    public static string Svg(int id)
    {
        var hue = id * 47 % 360;
        var second = (hue + 40 + (id % 5 * 30)) % 360;
        var radius = 70 + (id % 7 * 12);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 420" width="420" height="420">
            <rect width="420" height="420" fill="hsl({hue} 35% 90%)"/>
            <circle cx="{170 + (id % 9 * 10)}" cy="190" r="{radius}" fill="hsl({hue} 45% 62%)"/>
            <rect x="{120 + (id % 11 * 8)}" y="230" width="170" height="90" rx="{10
                + (id % 4 * 12)}" fill="hsl({second} 40% 45%)" opacity=".85"/>
            </svg>

            """
        );
    }
}
