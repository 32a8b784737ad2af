using VetBooking.Tests.Running;

namespace VetBooking.Tests.Api;

/// <summary>An answer that got lost is asked for again with the same key.</summary>
public sealed class RepeatingTests(PracticeFixture fixture)
{
    [Fact]
    public async Task The_same_key_with_the_same_body_gives_the_same_answer_and_books_once()
    {
        await using var practice = await fixture.Start();
        var wish = ApiClient.Wish("impfung", (await practice.Api.Slots("impfung"))[0].Start);
        var first = await practice.Api.Book(wish, "abc");
        var rows = practice.Count("appointment");
        for (var i = 0; i < 3; i++) Assert.Equal((201, first.Text), Of(await practice.Api.Book(wish, "abc")));
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => practice.Api.Book(wish, "abc")));
        Assert.All(atOnce, answer => Assert.Equal((201, first.Text), Of(answer)));
        Assert.Equal(rows, practice.Count("appointment"));
    }

    [Fact]
    public async Task Twenty_at_once_with_one_new_key_book_once()
    {
        await using var practice = await fixture.Start();
        var wish = ApiClient.Wish("impfung", (await practice.Api.Slots("impfung"))[5].Start);
        var rows = practice.Count("appointment");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => practice.Api.Book(wish, "neu")));
        Assert.Single(answers.Select(Of).Distinct());
        Assert.Equal(201, answers[0].Status);
        Assert.Equal(rows + 1, practice.Count("appointment"));
    }

    [Fact]
    public async Task The_answer_stays_the_same_whatever_became_of_the_visit()
    {
        await using var practice = await fixture.Start();
        var slot = (await practice.Api.Slots("impfung"))[0];
        var wish = ApiClient.Wish("impfung", slot.Start, slot.Vet);
        var first = await practice.Api.Book(wish, "abc");
        var link = await practice.LinkTo(first.Number);

        using (var cancelled = await practice.Http.PostAsync(link + "/absage", null)) Assert.Equal(303, (int)cancelled.StatusCode);
        Assert.Equal("cancelled", practice.Of(first.Number, "state"));
        Assert.Equal((201, first.Text), Of(await practice.Api.Book(wish, "abc")));

        practice.Clock.Advance(NodaTime.Duration.FromMinutes(16));
        Assert.Equal(201, (await practice.Api.Book(ApiClient.Wish("impfung", slot.Start, slot.Vet, "andere@example.org"))).Status);
        Assert.Equal((201, first.Text), Of(await practice.Api.Book(wish, "abc")));

        practice.Db.Execute("UPDATE species SET treated = 0 WHERE id = 'dog'");
        practice.Db.Execute("UPDATE visit_type SET active = 0 WHERE id = 'impfung'");
        await practice.Api.BookFirst("krank", "cat", "dritte@example.org");
        Assert.Equal(422, (await practice.Api.Book(wish, "another")).Status);
        Assert.Equal((201, first.Text), Of(await practice.Api.Book(wish, "abc")));

        practice.Clock.Advance(NodaTime.Duration.FromDays(400));
        Assert.Equal((201, first.Text), Of(await practice.Api.Book(wish, "abc")));
    }

    [Fact]
    public async Task The_answer_outlives_the_program()
    {
        await using var practice = await fixture.Start();
        var wish = ApiClient.Wish("impfung", (await practice.Api.Slots("impfung"))[0].Start);
        var first = await practice.Api.Book(wish, "abc");
        // Another one over the same folder, as after a restart.
        var copy = fixture.Copy();
        practice.Db.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        File.Copy(practice.Folder.Database, copy.Database, overwrite: true);
        await using var again = await fixture.Start(new Wanted { Folder = copy });
        Assert.Equal((201, first.Text), Of(await again.Api.Book(wish, "abc")));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_a_mistake()
    {
        await using var practice = await fixture.Start();
        var slots = await practice.Api.Slots("impfung");
        Assert.Equal(201, (await practice.Api.Book(ApiClient.Wish("impfung", slots[0].Start), "abc")).Status);
        var rows = practice.Count("appointment");
        foreach (var other in (string[])[slots[9].Start, "2026-11-25T03:00:00+01:00", "morgen"])
        {
            var answer = await practice.Api.Book(ApiClient.Wish("impfung", other), "abc");
            Assert.Equal((422, "application/problem+json", "key-reused"), (answer.Status, answer.Type, answer.Problem));
        }
        Assert.Equal(rows, practice.Count("appointment"));
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        await using var practice = await fixture.Start();
        var slot = (await practice.Api.Slots("impfung"))[0];
        Assert.Equal(422, (await practice.Api.Book(ApiClient.Wish("impfung", "2026-11-25T03:00:00+01:00"), "abc")).Status);
        Assert.Equal(201, (await practice.Api.Book(ApiClient.Wish("impfung", slot.Start), "abc")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(201)]
    public async Task Without_a_usable_key_nothing_is_booked(int? length)
    {
        await using var practice = await fixture.Start();
        var wish = ApiClient.Wish("impfung", (await practice.Api.Slots("impfung"))[0].Start);
        var answer = await practice.Api.Post(wish.ToJsonString(), length is { } long_ ? new string('k', long_) : null);
        Assert.Equal(422, answer.Status);
        Assert.Equal(["Idempotency-Key"], answer.Fields);
        Assert.Equal(0, practice.Count("answered"));
    }

    private static (int, string) Of(ApiAnswer answer) => (answer.Status, answer.Text);
}
