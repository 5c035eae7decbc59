using System.Text;
using Marketline.Platforms.Extract;

namespace Marketline.Tests.Platforms.Extract;

public sealed class PageDecoderTests
{
    private const string Text = "<html><body>Größe: 5 € – Ändern, Málaga</body></html>";

    static PageDecoderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [TestCase("utf-8", "text/html; charset=utf-8")]
    [TestCase("utf-8", "text/html")]
    [TestCase("utf-8", "text/html; charset=iso-8859-1")]
    [TestCase("windows-1252", "text/html; charset=ISO-8859-1")]
    [TestCase("windows-1252", "text/html; charset=\"windows-1252\"")]
    [TestCase("windows-1252", "text/html")]
    [TestCase("windows-1252", "text/html; charset=utf-8")]
    [TestCase("windows-1252", "text/html; charset=no-such-charset")]
    public void Decode_Declared_OrNot_GivesTheText(string written, string contentType)
    {
        var text = Decode(Encoding.GetEncoding(written).GetBytes(Text), contentType);

        Assert.That(text, Is.EqualTo(Text));
    }

    [TestCase("shift_jis", "<html><meta charset=Shift_JIS><p>商品番号 価格", "text/html")]
    [TestCase("euc-kr", "<html><meta http-equiv=content-type content='text/html; charset=euc-kr'><p>상품번호", "text/html")]
    [TestCase("gb18030", "<html><p>商品编号 现货", "text/html; charset=gb2312")]
    [TestCase("big5", "<html><p>商品編號 現貨", "text/html; charset=Big5")]
    [TestCase("windows-1251", "<html><p>Артикул: 5", "text/html; charset=windows-1251")]
    [TestCase("iso-8859-2", "<html><p>cena zł", "text/html; charset=iso-8859-2")]
    [TestCase("iso-2022-jp", "<html><p>価格", "text/html; charset=iso-2022-jp")]
    public void Decode_OtherScripts_GivesTheText(string written, string page, string contentType)
    {
        var text = Decode(Encoding.GetEncoding(written).GetBytes(page), contentType);

        Assert.That(text, Is.EqualTo(page));
    }

    [Test]
    public void Decode_ByteOrderMark_WinsOverTheHeader([Values("utf-8", "utf-16", "utf-16BE")] string written)
    {
        var encoding = Encoding.GetEncoding(written);

        var text = Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(Text)], "text/html; charset=iso-8859-1");

        Assert.That(text, Is.EqualTo(Text));
    }

    [Test]
    public void Decode_CutOffInACharacter_IsStillUtf8()
    {
        var bytes = Encoding.UTF8.GetBytes("<p>5 €");

        var text = Decode(bytes[..^1], "text/html");

        Assert.That(text, Does.StartWith("<p>5 ").And.Not.Contain("â"));
    }

    [Test]
    public void Decode_AFewBrokenBytesInUtf8_KeepsTheRest()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("<p>Größe größer €"), 0xff, .. Encoding.UTF8.GetBytes(" Ändern")];

        var text = Decode(bytes, "text/html; charset=utf-8");

        Assert.That(text, Does.Contain("Größe größer €").And.Contain("Ändern"));
    }

    [Test]
    public void Decode_Nothing_GivesNothing()
    {
        Assert.That(Decode([], ""), Is.Empty);
    }

    private static string Decode(byte[] bytes, string contentType)
    {
        using var text = PageDecoder.Decode(bytes, contentType);
        return text.Memory.ToString();
    }
}
