namespace Marketline.LocalHost.DemoMarketplace.Pages;

/// <summary>The style sheet of all shops; the accent colour comes from the page.</summary>
internal static class SiteStyle
{
    public const string Css = """
        *{box-sizing:border-box}
        body{margin:0;font:16px/1.5 system-ui,"Noto Sans","Noto Sans CJK JP",sans-serif;color:#22262b;background:#fafaf8}
        a{color:inherit;text-decoration:none}a:hover{text-decoration:underline}
        header{display:flex;gap:2rem;align-items:center;padding:1rem 4vw;background:var(--accent);color:#fff}
        header nav{display:flex;gap:1.1rem;flex-wrap:wrap;font-size:.9rem}
        .logo{font-weight:700;font-size:1.3rem;white-space:nowrap}
        main,aside.related{max-width:1080px;margin:1.5rem auto;padding:0 1.5rem}
        .crumbs{max-width:1080px;margin:1rem auto 0;padding:0 1.5rem;font-size:.85rem;color:#667}
        .product{display:grid;grid-template-columns:minmax(220px,420px) 1fr;gap:1.5rem 3rem}
        .product>section{grid-column:1/-1}
        .gallery img{width:100%;height:auto;border-radius:12px}
        h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0 .6rem}h2{font-size:1.1rem;margin:1.4rem 0 .5rem}
        .price-box{margin:1rem 0}.price{font-size:1.7rem;font-weight:700}
        .old{color:#889;margin-right:.6rem}.note{display:block;font-size:.85rem;color:#667}
        .stock{font-weight:600}.stock.in{color:#1c7c3c}.stock.out{color:#b3261e}
        .stars{color:#d98e04;letter-spacing:.1em}.rating{margin:.2rem 0}
        button.cart{background:var(--accent);color:#fff;border:0;border-radius:8px;padding:.8rem 1.6rem;font-size:1rem}
        .specs{border-collapse:collapse}.specs th{text-align:left;padding:.3rem 2rem .3rem 0;font-weight:500;color:#556}
        .reviews article{border-top:1px solid #e4e4de;padding:.4rem 0}.reviews time{color:#889;font-size:.85rem;margin:0 .6rem}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(170px,1fr));gap:1rem}
        .card{background:#fff;border:1px solid #e8e8e2;border-radius:12px;padding:.8rem;display:flex;flex-direction:column;gap:.4rem}
        .card img{width:100%;height:auto;border-radius:8px;display:block;margin-bottom:.5rem}.card-price{font-weight:700;margin-top:auto}
        .hero{background:#fff;border-radius:12px;padding:1.5rem 2rem;margin-bottom:1.5rem;border:1px solid #e8e8e2}
        .pages{margin:1.5rem 0;display:flex;gap:1rem}
        footer{display:flex;gap:2rem;padding:1.5rem 4vw;margin-top:3rem;border-top:1px solid #e4e4de;font-size:.9rem;color:#556}
        @media(max-width:700px){.product{grid-template-columns:1fr}header{flex-direction:column;align-items:flex-start;gap:.6rem}}

        """;
}
