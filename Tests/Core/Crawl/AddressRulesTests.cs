using System.Net;
using Marketline.Core.Crawl;

namespace Marketline.Tests.Core.Crawl;

public sealed class AddressRulesTests
{
    [TestCase("8.8.8.8")]
    [TestCase("100.63.255.255")]
    [TestCase("100.128.0.0")]
    [TestCase("168.63.129.17")]
    [TestCase("172.32.0.1")]
    [TestCase("2606:4700::1111")]
    [TestCase("::ffff:8.8.8.8")]
    [TestCase("64:ff9b::808:808")]
    [TestCase("2002:808:808::1")]
    public void IsPublic_PublicAddress_IsTrue(string address)
    {
        Assert.That(AddressRules.IsPublic(IPAddress.Parse(address)));
    }

    [TestCase("0.0.0.0")]
    [TestCase("0.1.2.3")]
    [TestCase("10.0.0.1")]
    [TestCase("100.64.0.1")]
    [TestCase("100.127.255.255")]
    [TestCase("127.0.0.1")]
    [TestCase("127.255.255.254")]
    [TestCase("169.254.169.254")]
    [TestCase("168.63.129.16")]
    [TestCase("172.16.0.1")]
    [TestCase("172.31.255.255")]
    [TestCase("192.0.0.192")]
    [TestCase("192.0.2.1")]
    [TestCase("192.88.99.1")]
    [TestCase("192.168.1.1")]
    [TestCase("198.18.0.1")]
    [TestCase("198.51.100.1")]
    [TestCase("203.0.113.1")]
    [TestCase("224.0.0.1")]
    [TestCase("239.255.255.255")]
    [TestCase("240.0.0.1")]
    [TestCase("255.255.255.255")]
    [TestCase("::")]
    [TestCase("::1")]
    [TestCase("::127.0.0.1")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("::ffff:0:10.0.0.1")]
    [TestCase("64:ff9b::a9fe:a9fe")]
    [TestCase("64:ff9b:1::1")]
    [TestCase("100::1")]
    [TestCase("2001::1")]
    [TestCase("2001:db8::1")]
    [TestCase("2002:7f00:1::1")]
    [TestCase("2002:a00:1::1")]
    [TestCase("2606:4700::5efe:10.0.0.1")]
    [TestCase("3fff::1")]
    [TestCase("fc00::1")]
    [TestCase("fd00:ec2::254")]
    [TestCase("fe80::1")]
    [TestCase("fec0::1")]
    [TestCase("ff02::1")]
    public void IsPublic_SpecialAddress_IsFalse(string address)
    {
        Assert.That(AddressRules.IsPublic(IPAddress.Parse(address)), Is.False);
    }

    [TestCase("127.0.0.0/8", "127.1.2.3", 22, true)]
    [TestCase("127.0.0.0/8", "::ffff:127.1.2.3", 80, true)]
    [TestCase("127.0.0.0/8", "::1", 80, false)]
    [TestCase("10.1.2.3", "10.1.2.3", 80, true)]
    [TestCase("10.1.2.3", "10.1.2.4", 80, false)]
    [TestCase("127.0.0.0/8:8080", "127.0.0.1", 8080, true)]
    [TestCase("127.0.0.0/8:8080", "127.0.0.1", 8081, false)]
    [TestCase("10.1.2.3:8080", "10.1.2.3", 8080, true)]
    [TestCase("::1", "::1", 80, true)]
    [TestCase("::1/128:8080", "::1", 8080, true)]
    [TestCase("[::1]:8080", "::1", 8081, false)]
    public void IsAllowed_ListedNetwork_IsAsListed(string entry, string address, int port, bool isAllowed)
    {
        var rules = new AddressRules([AllowedNetwork.Parse(entry)]);

        Assert.That(rules.IsAllowed(IPAddress.Parse(address), port), Is.EqualTo(isAllowed));
    }

    [TestCase(80, true)]
    [TestCase(443, true)]
    [TestCase(8080, true)]
    [TestCase(22, false)]
    [TestCase(25, false)]
    [TestCase(0, false)]
    public void IsAllowed_PublicAddress_DependsOnThePort(int port, bool isAllowed)
    {
        Assert.That(new AddressRules([]).IsAllowed(IPAddress.Parse("8.8.8.8"), port), Is.EqualTo(isAllowed));
    }

    [TestCase("")]
    [TestCase("localhost")]
    [TestCase("127.0.0.1/33")]
    [TestCase("127.0.0.0/8:0")]
    [TestCase("127.0.0.0/8:http")]
    [TestCase("*")]
    public void TryParse_NoNetwork_IsFalse(string text)
    {
        Assert.That(AllowedNetwork.TryParse(text, out _), Is.False);
    }
}
