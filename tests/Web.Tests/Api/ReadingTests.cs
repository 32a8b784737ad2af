using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using VetBooking.Tests.Running;

namespace VetBooking.Tests.Api;

public sealed class ReadingTests(PracticeFixture fixture)
{
    [Fact]
    public async Task The_practice_says_who_it_is_where_and_what_it_treats()
    {
        await using var practice = await fixture.Start();
        var answer = await practice.Api.Get("/api/v1/practice");
        Assert.Equal((200, "application/json"), (answer.Status, answer.Type));
        Assert.Equal(["name", "street", "postcode", "city", "phone", "timeZone", "languages", "species"], Names(answer.Json));
        Assert.Equal("Tierarztpraxis am Park", (string?)answer.Json["name"]);
        Assert.Equal("Europe/Berlin", (string?)answer.Json["timeZone"]);
        Assert.Contains("dog", Texts(answer.Json["species"]));
        Assert.DoesNotContain("cattle", Texts(answer.Json["species"]));
    }

    [Fact]
    public async Task The_visit_types_come_in_order_with_minutes_for_each_species()
    {
        await using var practice = await fixture.Start();
        var types = (await practice.Api.Get("/api/v1/visit-types?lang=en")).Json["visitTypes"]!.AsArray();
        Assert.Equal(13, types.Count);
        var first = types[0]!;
        Assert.Equal(["id", "name", "hint", "audience", "mode", "minutes", "minutesPerFurtherAnimal", "vets"], Names(first));
        Assert.Equal(("impfung", "Vaccination and check-up", "anyone", "confirm"), ((string)first["id"]!, (string)first["name"]!, (string)first["audience"]!, (string)first["mode"]!));
        Assert.Equal(20, (int)first["minutes"]!["dog"]!);
        Assert.Equal("known", (string?)types.Single(type => (string?)type!["id"] == "kontrolle")!["audience"]);
    }

    [Fact]
    public async Task A_visit_type_for_the_staff_is_nowhere_to_be_seen()
    {
        await using var practice = await fixture.Start(new Wanted { Sql = "UPDATE visit_type SET audience = 'staff' WHERE id = 'tfa'" });
        Assert.DoesNotContain("\"tfa\"", (await practice.Api.Get("/api/v1/visit-types")).Text, StringComparison.Ordinal);
        Assert.Equal((422, "not-online"), await Slots(practice, "visitType=tfa&species=dog"));
        Assert.DoesNotContain("value=\"tfa\"", (await practice.Browser.Open("/buchen")).Html, StringComparison.Ordinal);
        Assert.Equal(404, (await practice.Browser.Open("/buchen/tfa")).Status);
    }

    [Fact]
    public async Task Slots_come_in_order_with_the_practices_offset_and_minutes()
    {
        await using var practice = await fixture.Start();
        var answer = await practice.Api.Get("/api/v1/slots?visitType=impfung&species=dog");
        Assert.Equal(["timeZone", "slots"], Names(answer.Json));
        Assert.Equal(["start", "minutes", "vet"], Names(answer.Json["slots"]![0]!));
        var slots = ApiClient.SlotsIn(answer.Json["slots"]!);
        Assert.InRange(slots.Count, 100, 2000);
        Assert.Equal(slots.Order(Comparer<Slot>.Create((a, b) => Start(a).CompareTo(Start(b)))), slots);
        Assert.All(slots, slot => Assert.Matches(@"^2026-1[12]-\d\dT\d\d:\d0:00\+01:00$", slot.Start));
        Assert.All(slots, slot => Assert.Equal(20, slot.Minutes));
        Assert.True(Start(slots[0]) >= PracticeFixture.Monday + Duration.FromMinutes(60), "an hour's notice");
        Assert.True(Start(slots[^1]) < PracticeFixture.Monday + Duration.FromDays(14), "fourteen days, if nothing else is asked for");
    }

    [Fact]
    public async Task Offsets_change_with_the_practices_clocks()
    {
        await using var practice = await fixture.Start(new Wanted { Now = Instant.FromUtc(2027, 3, 22, 7, 0) });
        var slots = await practice.Api.Slots("impfung");
        Assert.All(slots, slot => Assert.EndsWith(string.CompareOrdinal(slot.Start, "2027-03-28") < 0 ? "+01:00" : "+02:00", slot.Start, StringComparison.Ordinal));
        Assert.Equal(["+01:00", "+02:00"], slots.Select(slot => slot.Start[^6..]).Distinct());
    }

    [Fact]
    public async Task Slots_keep_to_the_days_and_the_vet_asked_for()
    {
        await using var practice = await fixture.Start();
        var day = await practice.Api.Slots("impfung", more: "&from=2026-12-01&days=1");
        Assert.NotEmpty(day);
        Assert.All(day, slot => Assert.StartsWith("2026-12-01T", slot.Start, StringComparison.Ordinal));
        var vet = await practice.Api.Slots("impfung", more: "&vet=yilmaz&days=62");
        Assert.NotEmpty(vet);
        Assert.All(vet, slot => Assert.Equal("yilmaz", slot.Vet));
        Assert.Empty(await practice.Api.Slots("impfung", more: "&from=9999-12-31&days=62"));
        Assert.Empty(await practice.Api.Slots("impfung", more: "&from=2020-01-01&days=62"));
    }

    [Fact]
    public async Task Each_further_animal_makes_a_visit_longer()
    {
        await using var practice = await fixture.Start();
        Assert.All(await practice.Api.Slots("impfung", more: "&animals=6"), slot => Assert.Equal(70, slot.Minutes));
    }

    [Theory]
    [InlineData("visitType=impfung&species=dog&days=63", "days")]
    [InlineData("visitType=impfung&species=dog&days=0", "days")]
    [InlineData("visitType=impfung&species=dog&days=-1", "days")]
    [InlineData("visitType=impfung&species=dog&days=99999999999", "days")]
    [InlineData("visitType=impfung&species=dog&days=zwei", "days")]
    [InlineData("visitType=impfung&species=dog&animals=7", "animals")]
    [InlineData("visitType=impfung&species=dog&animals=0", "animals")]
    [InlineData("visitType=impfung&species=dog&from=morgen", "from")]
    [InlineData("visitType=impfung&species=dog&from=2026-02-30", "from")]
    [InlineData("visitType=impfung&species=dog&from=24.11.2026", "from")]
    public async Task A_bound_that_is_none_is_named(string query, string field)
    {
        await using var practice = await fixture.Start();
        var answer = await practice.Api.Get("/api/v1/slots?" + query);
        Assert.Equal((422, "application/problem+json", "invalid"), (answer.Status, answer.Type, answer.Problem));
        Assert.Equal([field], answer.Fields);
    }

    [Theory]
    [InlineData("visitType=impfung&species=dragon", "species-not-treated")]
    [InlineData("visitType=impfung&species=horse", "species-not-treated")]
    [InlineData("visitType=impfung&species=cattle", "species-not-treated")]
    [InlineData("visitType=impfung", "species-not-treated")]
    [InlineData("visitType=frisur&species=dog", "not-online")]
    [InlineData("species=dog", "not-online")]
    [InlineData("visitType=impfung&species=dog&vet=niemand", "vet-not-suitable")]
    [InlineData("visitType=impfung&species=dog&vet=tfa-ruiz", "vet-not-suitable")]
    public async Task What_can_never_be_is_refused_with_its_cause(string query, string cause)
    {
        await using var practice = await fixture.Start();
        Assert.Equal((422, cause), await Slots(practice, query));
    }

    [Fact]
    public async Task What_is_not_there_is_a_problem_too()
    {
        await using var practice = await fixture.Start();
        var answer = await practice.Api.Get("/api/v1/owners");
        Assert.Equal((404, "application/problem+json", "not-found"), (answer.Status, answer.Type, answer.Problem));
    }

    [Fact]
    public async Task Every_slot_offered_can_be_booked()
    {
        await using var practice = await fixture.Start();
        foreach (var (type, species) in (ValueTuple<string, string>[])[("zahn", "dog"), ("pferd", "horse"), ("zweitmeinung", "bird"), ("blut-ultraschall", "cat"), ("abschied", "dog")])
        {
            // Anew each time: the one before may have taken this one's room.
            foreach (var at in (int[])[0, 3, 7])
            {
                var slots = await practice.Api.Slots(type, species, "&days=62");
                var slot = slots[Math.Min(at, slots.Count - 1)];
                var answer = await practice.Api.Book(ApiClient.Wish(type, slot.Start, slot.Vet, species: species));
                Assert.True(answer.Status == 201, $"{type} at {slot}: {answer.Text}");
                Assert.Equal((slot.Start, slot.Minutes, slot.Vet), ((string)answer.Json["start"]!, (int)answer.Json["minutes"]!, (string)answer.Json["vet"]!));
            }
        }
        Assert.Empty(practice.Problems());
    }

    private static async Task<(int, string?)> Slots(RunningPractice practice, string query)
    {
        var answer = await practice.Api.Get("/api/v1/slots?" + query);
        return (answer.Status, answer.Cause);
    }

    private static Instant Start(Slot slot) => OffsetDateTimePattern.Rfc3339.Parse(slot.Start).Value.ToInstant();

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(pair => pair.Key);

    private static IEnumerable<string> Texts(JsonNode? node) => node!.AsArray().Select(one => (string)one!);
}
