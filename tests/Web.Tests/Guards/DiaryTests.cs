using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Tests.Running;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Guards;

/// <summary>The diary in memory is changed step by step; it must always be the one a fresh start would load.</summary>
public sealed class DiaryTests(PracticeFixture fixture)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task After_whatever_happened_the_diary_in_memory_is_the_one_in_the_database(int seed)
    {
        await using var practice = await fixture.Start();
        var random = new Random(seed);
        var links = new List<string>();
        string[] types = ["impfung", "krank", "zahn", "tfa", "abschied", "zweitmeinung", "blut-ultraschall", "kontrolle"];
        for (var step = 0; step < 80; step++)
        {
            var type = types[random.Next(types.Length)];
            var slots = await practice.Api.Slots(type, "dog", "&days=30");
            var slot = slots[random.Next(Math.Min(slots.Count, 60))];
            var link = links.Count > 0 ? links[random.Next(links.Count)] : null;
            switch (random.Next(8))
            {
                case var what when what < 3 || link is null:
                    var booked = await practice.Api.Book(ApiClient.Wish(type, slot.Start, random.Next(2) == 0 ? slot.Vet : null, $"owner{step}@example.org"));
                    if (booked.Status == 201) links.Add(await practice.LinkTo(booked.Number));
                    break;
                case 3: await Post(practice, link + "/bestaetigung", slot); break;
                case 4: await Post(practice, link + "/absage", slot); break;
                case 5: await Post(practice, link + "/absage/rueckgaengig", slot); break;
                case 6: await Post(practice, link + "/verschiebung", slot); break;
                default: practice.Clock.Advance(Duration.FromMinutes(random.Next(40))); break;
            }
        }
        // A hold that ends in between is released by the next change; so let there be one.
        await practice.Writer.Write(Web.Booking.Holds.Release);
        AssertSame(practice);

        practice.Clock.Advance(Duration.FromHours(20));
        AssertSame(practice);
        await practice.Writer.Write(Web.Booking.Holds.Release);
        AssertSame(practice);
        Assert.Empty(practice.Problems());
        Assert.InRange(links.Count, 20, 80);
    }

    private static void AssertSame(RunningPractice practice)
    {
        var now = practice.Clock.GetCurrentInstant();
        var fresh = Book.Load(practice.Db, now).Diary;
        var kept = practice.Writer.Current.Diary;
        var today = fresh.DateOf(now);
        var seen = 0;
        foreach (var type in fresh.Practice.VisitTypes)
        {
            foreach (var species in type.MinutesBySpecies.Keys)
            {
                foreach (var animals in (int[])[1, 3])
                {
                    var request = new VisitRequest(type.Id, [.. Enumerable.Repeat(species, animals)]);
                    var expected = Starts(fresh, request);
                    seen += expected.Count;
                    Assert.Equal(expected, Starts(kept, request));
                }
            }
        }
        Assert.InRange(seen, 1000, 1_000_000);

        List<FreeStart> Starts(Diary diary, VisitRequest request) =>
            [.. diary.FreeStarts(request, new DateInterval(today, today.PlusDays(30)), now).SelectMany(day => day.Starts)];
    }

    private static async Task Post(RunningPractice practice, string url, Slot slot)
    {
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("zeit", $"{slot.Start} {slot.Vet}")]);
        using var response = await practice.Http.PostAsync(url, content);
        Assert.True((int)response.StatusCode is 303 or 422, $"{response.StatusCode} {url}");
    }
}
