using System.Collections.Frozen;

namespace Marketline.Platforms.Extract;

/// <summary>What in breadcrumbs is no category: the home page and the product itself.</summary>
internal static class BreadcrumbNames
{
    private static readonly FrozenSet<string> HomeNames = "home|homepage|start|startseite|accueil|inicio|início|hjem|hem|forside|etusivu|strona główna|domů|domov|главная|ホーム|首页|首頁|홈|home page|shop|startsida|főoldal|acasă|начало|ana sayfa|trang chủ|beranda|הבית|דף הבית|الرئيسية"
        .Split('|')
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsHome(string crumb) => HomeNames.Contains(crumb);

    public static bool IsProduct(string crumb, PageIdentity page) =>
        page.Names.Any(name => crumb.Contains(name, StringComparison.OrdinalIgnoreCase) || (name.Contains(crumb, StringComparison.OrdinalIgnoreCase) && crumb.Length * 2 >= name.Length));
}
