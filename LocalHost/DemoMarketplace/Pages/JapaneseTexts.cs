namespace Marketline.LocalHost.DemoMarketplace.Pages;

internal static class JapaneseTexts
{
    public static PageTexts Texts { get; } =
        new()
        {
            Home = "ホーム",
            AddToCart = "カートに入れる",
            Description = "商品説明",
            Details = "商品情報",
            Reviews = "レビュー",
            Similar = "おすすめ商品",
            Brand = "ブランド",
            Sku = "商品コード",
            Next = "次のページ",
            Previous = "前のページ",
            About = "会社概要",
            AboutText = "一九八七年創業。取り扱う商品はすべて自分たちで選んでいます。",
            Shipping = "送料と返品",
            ShippingText = "平日は毎日発送します。三十日以内の返品は無料です。",
            NotFound = "お探しのページは見つかりませんでした。",
            UsedFrom = "中古品",
            New = "新品",
            Used = "中古",
            Refurbished = "整備済み品",
            Availability = new Dictionary<string, string>
            {
                ["InStock"] = "在庫あり",
                ["OutOfStock"] = "在庫切れ",
                ["LimitedAvailability"] = "残りわずか",
                ["PreOrder"] = "予約受付中",
                ["BackOrder"] = "お取り寄せ",
                ["Discontinued"] = "販売終了",
            },
        };
}
