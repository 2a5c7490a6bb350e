using System.Net;
using Bongsu.Server.Cli;
using Bongsu.Server.Configuration;
using Bongsu.Server.Hosting;

namespace Bongsu.Tests.Server;

public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("64MiB", 64L << 20)]
    [InlineData("2GB", 2_000_000_000)]
    [InlineData("1.5 KiB", 1536)]
    [InlineData("100", 100)]
    [InlineData("7B", 7)]
    public void ByteSize_OfAText_IsRead(string text, long expected)
    {
        Assert.True(ByteSize.TryParse(text, out long size));
        Assert.Equal(expected, size);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1MiB")]
    [InlineData("many")]
    [InlineData("99999999999TiB")]
    public void ByteSize_OfNoSize_IsRefused(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData("127.0.0.1:7600", "127.0.0.1", 7600, true)]
    [InlineData("localhost:0", "127.0.0.1", 0, true)]
    [InlineData("[::1]:80", "::1", 80, true)]
    [InlineData("*:7600", "0.0.0.0", 7600, false)]
    public void ListenAddress_OfAText_IsRead(string text, string address, int port, bool isLoopback)
    {
        Assert.True(ListenAddress.TryParse(text, out ListenAddress parsed));
        Assert.Equal((IPAddress.Parse(address), port, isLoopback), (parsed.Address, parsed.Port, parsed.IsLoopback));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("example.com:80")]
    [InlineData("127.0.0.1:70000")]
    public void ListenAddress_OfNoAddress_IsRefused(string text) => Assert.False(ListenAddress.TryParse(text, out _));

    [Fact]
    public void Settings_Environment_WinsOverFile()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("bongsu.yaml", "http: 127.0.0.1:1\nallowed-hosts: [a, b]\n");
        Settings settings = Settings.Load(file, isRequired: true, name => name == "BONGSU_HTTP" ? "127.0.0.1:2" : null);
        Assert.Equal("127.0.0.1:2", settings.Find("http"));
        Assert.Equal("a,b", settings.Find("allowed-hosts"));
        Assert.Null(settings.Find("data"));
        Assert.Equal(["allowed-hosts"], settings.UnknownNames(new HashSet<string> { "http" }));
    }

    [Theory]
    [InlineData("http: [1 }", ":")]
    [InlineData("- a", "a map")]
    [InlineData("http: {a: 1}", "'http'")]
    public void Settings_OfBrokenYaml_SaysWhere(string yaml, string part)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("bongsu.yaml", yaml);
        SettingsException error = Assert.Throws<SettingsException>(() => Settings.Load(file, isRequired: true, _ => null));
        Assert.StartsWith(file + ":1", error.Message);
        Assert.Contains(part, error.Message);
    }

    [Fact]
    public void FileSystemOf_APath_IsThatOfTheNearestMount()
    {
        string[] mounts = ["overlay / overlay rw 0 0", "/dev/sda /data ext4 rw 0 0", "tmpfs /data/tmp tmpfs rw 0 0"];
        Assert.Equal("overlay", DataDirectory.FileSystemOf("/home/x", mounts));
        Assert.Equal("overlay", DataDirectory.FileSystemOf("/database", mounts));
        Assert.Equal("ext4", DataDirectory.FileSystemOf("/data/x", mounts));
        Assert.Equal("tmpfs", DataDirectory.FileSystemOf("/data/tmp/x", mounts));
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("1.5h", 5400)]
    [InlineData("2d", 172800)]
    public void Duration_OfAText_IsRead(string text, double seconds)
    {
        Assert.True(TimeArgument.TryParseDuration(text, out TimeSpan duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("1y")]
    [InlineData("-1h")]
    public void Duration_OfNoDuration_IsRefused(string text) => Assert.False(TimeArgument.TryParseDuration(text, out _));
}
