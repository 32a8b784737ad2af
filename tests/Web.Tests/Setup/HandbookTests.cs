using VetBooking.Tests.Running;
using VetBooking.Web.Setup.Help;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Setup;

/// <summary>The handbook in the program: a small part of Markdown, everything else is text.</summary>
public sealed class HandbookTests(PracticeFixture fixture)
{
    [Fact]
    public async Task Everybody_in_the_practice_can_read_every_chapter_and_its_links_lead_somewhere()
    {
        await using var practice = await fixture.Start();
        using var desk = await practice.SignedIn(Role.Trainee);
        foreach (var (id, title, _) in Handbook.Chapters)
        {
            var page = await desk.Open("/praxis/hilfe/" + id);
            Assert.Equal((200, title), (page.Status, page.Heading));
            foreach (var link in page.Document.QuerySelectorAll("article a")) Assert.Equal(200, (await desk.Open(link.GetAttribute("href")!)).Status);
        }
        Assert.Equal(404, (await desk.Open("/praxis/hilfe/nichts")).Status);
    }

    [Theory]
    [InlineData("Text <script>", "<p>Text &lt;script&gt;</p>\n")]
    [InlineData("- eins\n- **zwei**\n\nText", "<ul>\n<li>eins</li>\n<li><b>zwei</b></li>\n</ul>\n<p>Text</p>\n")]
    [InlineData("1. eins\n2. zwei", "<ol>\n<li>eins</li>\n<li>zwei</li>\n</ol>\n")]
    [InlineData("## Titel\n![Bild](bilder/x.png)", "<h2>Titel</h2>\n")]
    [InlineData("[Kunden](kunden.md), [fremd](https://example.org)", "<p><a href=\"/praxis/hilfe/kunden\">Kunden</a>, [fremd](https://example.org)</p>\n")]
    public void A_small_part_of_Markdown_is_understood(string text, string html) => Assert.Equal(html, Handbook.Html(text.Split('\n')));
}
