using System.Net;
using Crawl4.Core.Fetching.Egress;

namespace Crawl4.Core.Tests.Fetching.Egress;

public sealed class SpecialAddressesTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2a00:1450:4001:81b::200e")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2002:808:808::1")]
    public void WhyNotGlobal_PublicAddress_IsNull(string address) =>
        Assert.Null(SpecialAddresses.WhyNotGlobal(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::2")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("febf::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("100::1")]
    [InlineData("100:0:0:1::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2001::1")]
    [InlineData("2001:20::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("4000::1")]
    public void WhyNotGlobal_SpecialAddress_SaysWhy(string address) =>
        Assert.NotNull(SpecialAddresses.WhyNotGlobal(IPAddress.Parse(address)));

    [Theory]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:a9fe:a9fe")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("64:ff9b:1::10.0.0.1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2002:a9fe:a9fe::")]
    [InlineData("2002:c0a8:1::")]
    [InlineData("2001:0:7f00:1::f5ff:fffe")]
    [InlineData("2001:0:808:808::80ff:fffe")]
    [InlineData("2606:4700::5efe:127.0.0.1")]
    [InlineData("2606:4700::200:5efe:192.168.1.1")]
    public void WhyNotGlobal_SpecialIPv4InsideIPv6_SaysWhy(string address) =>
        Assert.NotNull(SpecialAddresses.WhyNotGlobal(IPAddress.Parse(address)));

    [Fact]
    public void WhyNotGlobal_EveryForbiddenIPv4_IsForbiddenInEveryIPv6FormToo()
    {
        const int Seed = 20261;
        var random = new Random(Seed);
        for (var round = 0; round < 5000; round++)
        {
            var inner = new byte[4];
            random.NextBytes(inner);
            if (SpecialAddresses.WhyNotGlobal(new IPAddress(inner)) is null)
            {
                continue;
            }

            var hex = Convert.ToHexString(inner);
            string[] forms =
            [
                $"::ffff:{hex[..4]}:{hex[4..]}", $"64:ff9b::{hex[..4]}:{hex[4..]}",
                    $"2002:{hex[..4]}:{hex[4..]}::1",
                $"2606:4700::5efe:{hex[..4]}:{hex[4..]}",
            ];
            Assert.All(forms, form => Assert.True(
                SpecialAddresses.WhyNotGlobal(IPAddress.Parse(form)) is not null, $"seed {Seed}: {form}"));
        }
    }
}
