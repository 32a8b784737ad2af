using VetBooking.Tests.Running;

namespace VetBooking.Tests.Guards;

/// <summary>Many at once.</summary>
public sealed class RaceTests(PracticeFixture fixture)
{
    [Theory]
    [InlineData("impfung", "dog", "weber")]
    [InlineData("zahn", "cat", null)]
    [InlineData("pferd", "horse", null)]
    public async Task Of_two_hundred_who_want_one_time_exactly_as_many_get_it_as_there_are_people(string type, string species, string? vet)
    {
        await using var practice = await fixture.Start();
        var slots = await practice.Api.Slots(type, species, vet is null ? "" : "&vet=" + vet);
        var start = slots[6].Start;
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => practice.Api.Book(ApiClient.Wish(type, start, vet, $"owner{i}@example.org", species))));
        // For teeth there is one theatre and for horses one vet.
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(199, answers.Count(answer => answer is { Status: 409, Problem: "slot-taken" }));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Overlapping_starts_of_different_lengths_never_share_anybody()
    {
        await using var practice = await fixture.Start();
        var day = (await practice.Api.Slots("impfung", more: "&from=2026-12-07"))[0].Start[..10];
        var wishes = new List<System.Text.Json.Nodes.JsonObject>();
        foreach (var (type, species) in (ValueTuple<string, string>[])[("impfung", "dog"), ("krank", "reptile"), ("zahn", "cat"), ("blut-ultraschall", "dog"), ("erstbesuch", "bird"), ("etwas", "rabbit")])
        {
            foreach (var slot in await practice.Api.Slots(type, species, $"&from={day}&days=1")) wishes.Add(ApiClient.Wish(type, slot.Start, slot.Vet, species: species));
        }
        var answers = await Task.WhenAll(wishes.OrderBy(wish => wish.ToJsonString().GetHashCode(StringComparison.Ordinal)).Select(wish => practice.Api.Book(wish)));
        Assert.InRange(answers.Count(answer => answer.Status == 201), 5, 200);
        Assert.All(answers, answer => Assert.True(answer.Status is 201 or 409, answer.Text));
        Assert.Equal(answers.Count(answer => answer.Status == 201), practice.Count("answered"));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Many_different_bookings_at_once_are_all_saved()
    {
        await using var practice = await fixture.Start();
        var slots = (await practice.Api.Slots("impfung", more: "&vet=weber&days=62")).DistinctBy(slot => slot.Start[..13]).Take(100).ToList();
        var answers = await Task.WhenAll(slots.Select((slot, i) => practice.Api.Book(ApiClient.Wish("impfung", slot.Start, "weber", $"owner{i}@example.org"))));
        Assert.All(answers, answer => Assert.True(answer.Status == 201, answer.Text));
        Assert.Equal(slots.Count, answers.Select(answer => answer.Number).Distinct().Count());
        Assert.All(answers, answer => Assert.Equal("held", practice.Of(answer.Number, "state")));
        Assert.Empty(practice.Problems());
    }

    [Fact]
    public async Task Confirming_cancelling_and_moving_at_once_leave_one_appointment_that_is_sound()
    {
        await using var practice = await fixture.Start();
        for (var round = 0; round < 5; round++)
        {
            var held = await practice.Api.BookFirst("impfung", more: "&from=2026-12-07&vet=weber", email: $"owner{round}@example.org");
            var link = await practice.LinkTo(held.Number);
            var target = (await practice.Api.Slots("impfung", more: "&from=2026-12-14&vet=weber"))[round];
            var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Post(practice, link + (i % 4) switch
            {
                0 => "/bestaetigung",
                1 => "/absage",
                2 => "/absage/rueckgaengig",
                _ => "/verschiebung",
            }, target)));
            Assert.All(answers, status => Assert.True(status is 303 or 422, $"{status}"));
            var state = practice.Of(held.Number, "state");
            Assert.True(state is "booked" or "held" or "cancelled", state);
            Assert.True(practice.Taken(held.Number) > 0);
            Assert.Empty(practice.Problems());
        }
    }

    private static async Task<int> Post(RunningPractice practice, string url, Slot target)
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("zeit", $"{target.Start} {target.Vet}")]);
        using var response = await practice.Http.PostAsync(url, content);
        return (int)response.StatusCode;
    }
}
