using VetBooking.Fleet.Host;

namespace VetBooking.Tests.Fleet;

/// <summary>Which release is the newer.</summary>
public sealed class VersionTests
{
    [Fact]
    public void Releases_are_ordered_as_people_count_them()
    {
        string[] ordered = ["0.2.9", "0.3.0-rc1", "0.3.0-rc2", "0.3.0", "0.10.0", "1.0.0"];
        Assert.Equal(ordered, ordered.Reverse().Select(text => ReleaseVersion.Read(text)!).Order().Select(version => version.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2")]
    [InlineData("1.2.3.4")]
    [InlineData("01.2.3")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3-../..")]
    [InlineData("../1.2.3")]
    [InlineData(".0.4.0")]
    public void What_is_no_version_is_no_folder(string text) => Assert.Null(ReleaseVersion.Read(text));
}
