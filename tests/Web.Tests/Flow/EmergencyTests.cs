using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VetBooking.Tests.Running;

namespace VetBooking.Tests.Flow;

/// <summary>Signs of danger lead to the telephone, and nobody ever learns what was ticked.</summary>
public sealed class EmergencyTests(PracticeFixture fixture)
{
    [Theory]
    [InlineData("kolik")]
    [InlineData("atem", "blutung")]
    [InlineData("keines", "atem")]
    [InlineData("atem", "keines")]
    [InlineData("keines", "keines")]
    [InlineData("something-else")]
    public async Task Any_sign_leads_to_the_telephone(params string[] ticked)
    {
        await using var practice = await fixture.Start();
        var page = await Answer(practice, ticked);
        Assert.Equal((200, "/buchen/anrufen"), (page.Status, page.Path));
        Assert.Equal("Bitte rufen Sie uns sofort an", page.Heading);
        Assert.Equal("tel:+493023125120", page.Find("main .call a.btn").GetAttribute("href"));
        Assert.Contains("Tierklinik Seestern", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_sign_leads_on_to_the_animals()
    {
        await using var practice = await fixture.Start();
        Assert.Equal("/buchen/tiere", (await Answer(practice, "keines")).Path);
    }

    [Fact]
    public async Task There_is_a_quiet_way_on_for_whoever_has_called()
    {
        await using var practice = await fixture.Start();
        var call = await Answer(practice, "atem");
        var animals = await practice.Browser.Open(call.Find("main a[href^='/buchen/tiere']").GetAttribute("href")!);
        Assert.Equal((200, "/buchen/tiere"), (animals.Status, animals.Path));
    }

    [Fact]
    public async Task What_was_ticked_is_neither_stored_nor_logged_nor_passed_on()
    {
        var lines = new ConcurrentQueue<string>();
        await using var practice = await fixture.Start(new Wanted { Program = app => app.Services.GetRequiredService<ILoggerFactory>().AddProvider(new Recorder(lines)) });
        var before = await practice.Digest();
        var one = await Answer(practice, "maden");
        var other = await Answer(practice, "atem", "blutung", "gift");
        Assert.Equal(before, await practice.Digest());
        Assert.DoesNotContain(lines, line => line.Contains("maden", StringComparison.Ordinal) || line.Contains("blutung", StringComparison.Ordinal) || line.Contains("z=", StringComparison.Ordinal));
        Assert.Equal(one.Url.Length, other.Url.Length);
        Assert.Equal(WithoutAnswers(one), WithoutAnswers(other));
    }

    [Fact]
    public async Task The_emergency_number_stands_above_the_first_question_in_both_languages()
    {
        await using var practice = await fixture.Start();
        foreach (var language in (string[])["de", "en"])
        {
            var page = await practice.Browser.Open("/buchen?lang=" + language);
            Assert.Equal("tel:+493023125120", page.Find(".sos a").GetAttribute("href"));
            Assert.Equal(20, page.Document.QuerySelectorAll(".sos li").Length);
        }
    }

    private static async Task<Seen> Answer(RunningPractice practice, params string[] ticked) =>
        await practice.Browser.Post((await practice.Browser.ToAnimals("krank")).Url, ticked.Select(sign => ("zeichen", sign)));

    private static string WithoutAnswers(Seen page) => System.Text.RegularExpressions.Regex.Replace(page.Html, "z=[A-Za-z0-9_-]+", "");

    private sealed class Recorder(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose() { }
    }
}
