using System.Text;
using Marketline.Core.Naming;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Paging;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Functions.Http.Paging;

public sealed class PageCursorsTests
{
    private const string List = "runs?status=failed";
    private const string Place = "999998-acme-prices-20261121T031500Z";

    private static readonly TenantId Acme = TenantId.Parse("acme");
    private static readonly PageCursors Cursors = New(1);

    [TestCase(Place)]
    [TestCase("")]
    [TestCase("ü\n🜁")]
    public void TryRead_OwnCursor_IsThePlace(string place)
    {
        var isRead = Cursors.TryRead(Acme, List, Cursors.Write(Acme, List, place), out var found);

        Assert.That((isRead, found), Is.EqualTo((true, place)));
    }

    [TestCase("other", List)]
    [TestCase("acm", List)]
    [TestCase(null, List)]
    [TestCase("acme", "runs")]
    [TestCase("acme", "runs?status=failed&x=1")]
    [TestCase("acme", "plans")]
    [TestCase("acme", "")]
    public void TryRead_CursorOfAnotherTenantOrList_IsRefused(string? tenant, string list)
    {
        var other = tenant is null ? (TenantId?)null : TenantId.Parse(tenant);

        Assert.That(Cursors.TryRead(Acme, List, Cursors.Write(other, list, Place), out _), Is.False);
    }

    /// <summary>What stands before the place in what is signed has no two meanings.</summary>
    [Test]
    public void TryRead_PartsAreShifted_IsRefused()
    {
        var cursor = Cursors.Write(Acme, "a\nb", "c");

        Assert.That(Cursors.TryRead(Acme, "a", cursor, out _), Is.False);
        Assert.That(Cursors.TryRead(Acme, "a\nb\nc", cursor, out _), Is.False);
        Assert.That(Cursors.TryRead(null, "acme\n3\na\nb", cursor, out _), Is.False);
    }

    [Test]
    public void TryRead_AnyBitIsChanged_IsRefused()
    {
        var bytes = WebEncoders.Base64UrlDecode(Cursors.Write(Acme, List, Place));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.That(Cursors.TryRead(Acme, List, WebEncoders.Base64UrlEncode(bytes), out var place), Is.False);
            Assert.That(place, Is.Empty);

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Test]
    public void TryRead_CutOffOrExtended_IsRefused()
    {
        var cursor = Cursors.Write(Acme, List, Place);

        Assert.That(Enumerable.Range(0, cursor.Length).Where(length => Cursors.TryRead(Acme, List, cursor[..length], out _)), Is.Empty);
        Assert.That(Cursors.TryRead(Acme, List, cursor + "AAAA", out _), Is.False);
    }

    [Test]
    public void TryRead_OfAnotherInstallation_IsRefused() => Assert.That(Cursors.TryRead(Acme, List, New(2).Write(Acme, List, Place), out _), Is.False);

    [TestCase("x")]
    [TestCase("!!!!")]
    [TestCase("AAAAA")]
    [TestCase("../../")]
    [TestCase("%00")]
    [TestCase("ａａａａ")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAA==")]
    public void TryRead_Garbage_IsRefused(string cursor) => Assert.That(Cursors.TryRead(Acme, List, cursor, out _), Is.False);

    [TestCase(10_000)]
    [TestCase(5_000_000)]
    public void TryRead_Overlong_IsRefused(int length) => Assert.That(Cursors.TryRead(Acme, List, new string('A', length), out _), Is.False);

    private static PageCursors New(byte seed) =>
        new(Options.Create(new AccessOptions { Pepper = Convert.ToBase64String(Encoding.ASCII.GetBytes(new string((char)seed, 32))) }));
}
