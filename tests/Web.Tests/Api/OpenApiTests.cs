using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using VetBooking.Web;
using VetBooking.Web.Booking;
using VetBooking.Web.Demo;
using VetBooking.Web.Machines.Tokens;
using VetBooking.Web.Machines.Webhooks;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Api;

/// <summary>The description of the API is written by hand; here it is held against the code.</summary>
public sealed partial class OpenApiTests
{
    private static readonly JsonObject Document = Read();
    private static readonly JsonObject Schemas = Document["components"]!["schemas"]!.AsObject();

    [Fact]
    public async Task It_describes_exactly_the_routes_there_are()
    {
        var folder = new DataFolder(Directory.CreateTempSubdirectory("vetbooking-openapi-").FullName);
        try
        {
            DemoPractice.Make(folder, DemoSize.Small, Instant.FromUtc(2026, 11, 23, 7, 0));
            await using var app = PracticeApp.Build(new PracticeAppOptions(folder, new InstanceSettings(), SystemClock.Instance));
            var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Where(route => route.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal))
                .SelectMany(route => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => $"{method} {route.RoutePattern.RawText}"));
            var described = Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(one => $"{one.Key.ToUpperInvariant()} {path.Key}"));
            Assert.Equal(routes.Order(), described.Order());
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    [Theory]
    [InlineData("Practice", typeof(PracticeBody))]
    [InlineData("VisitTypes", typeof(VisitTypesBody))]
    [InlineData("VisitType", typeof(VisitTypeBody))]
    [InlineData("Question", typeof(QuestionBody))]
    [InlineData("QuestionOption", typeof(OptionBody))]
    [InlineData("QuestionCondition", typeof(ConditionBody))]
    [InlineData("Slots", typeof(SlotsBody))]
    [InlineData("Slot", typeof(SlotBody))]
    [InlineData("Booking", typeof(BookingBody))]
    [InlineData("Owner", typeof(OwnerBody))]
    [InlineData("Animal", typeof(AnimalBody))]
    [InlineData("BookingAnswer", typeof(BookingBodyAnswer))]
    [InlineData("Problem", typeof(ProblemBody))]
    [InlineData("StaffDay", typeof(StaffDayBody))]
    [InlineData("StaffAppointment", typeof(StaffAppointmentBody))]
    [InlineData("StaffAnimal", typeof(StaffAnimalBody))]
    [InlineData("StaffBooking", typeof(StaffBookingBody))]
    [InlineData("StaffOwner", typeof(OwnerBody))]
    [InlineData("StaffCancellation", typeof(StaffCancellationBody))]
    [InlineData("Webhook", typeof(WebhookBody))]
    [InlineData("WebhookAppointment", typeof(WebhookAppointment))]
    public void A_schema_has_the_properties_that_are_read_or_written(string schema, Type body)
    {
        var described = Schemas[schema]!["properties"]!.AsObject().Select(property => property.Key);
        var type = BookingJson.Default.GetTypeInfo(body) ?? StaffJson.Default.GetTypeInfo(body) ?? WebhookJson.Default.GetTypeInfo(body);
        Assert.Equal(type!.Properties.Select(property => property.Name).Order(), described.Order());
    }

    [Fact]
    public void Every_schema_is_held_against_a_type()
    {
        var held = typeof(OpenApiTests).GetMethod(nameof(A_schema_has_the_properties_that_are_read_or_written))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>().Select(data => (string)data.Data[0]!);
        Assert.Equal(Schemas.Select(schema => schema.Key).Order(), held.Order());
    }

    [Fact]
    public void Every_type_of_problem_in_the_code_is_described()
    {
        var described = Schemas["Problem"]!["properties"]!["type"]!["enum"]!.AsArray().Select(type => (string)type!).ToHashSet();
        var sources = Directory.GetFiles(Path.Combine(Root(), "src", "Web"), "*.cs", SearchOption.AllDirectories);
        var made = sources.SelectMany(file => ProblemType().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Contains("slot-taken", made);
        Assert.All(made, type => Assert.Contains(type, described));
    }

    [Fact]
    public void Every_example_fits_its_schema()
    {
        var examples = Inside(Document).OfType<JsonObject>().Where(one => one.ContainsKey("examples") && one.ContainsKey("schema")).ToList();
        Assert.True(examples.Count > 8, "The examples were not found.");
        foreach (var content in examples)
        {
            foreach (var (name, example) in content["examples"]!.AsObject()) AssertFits(content["schema"]!, example!["value"], name);
        }
    }

    [Fact]
    public void An_example_of_a_booking_can_be_read()
    {
        var examples = Document["paths"]!["/api/v1/bookings"]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject();
        Assert.All(examples, example =>
        {
            var body = System.Text.Json.JsonSerializer.Deserialize(example.Value!["value"]!.ToJsonString(), BookingJson.Default.BookingBody)!;
            Assert.NotNull(ApiTime.Read(body.Start, DateTimeZoneProviders.Tzdb["Europe/Berlin"]));
        });
    }

    [Fact]
    public void What_wants_a_token_is_described_with_its_scope()
    {
        var described = Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(one => (path.Key, Scope: (string?)one.Value!["security"]?[0]?["token"]?[0])));
        Assert.All(described, one => Assert.Equal(one.Key.StartsWith("/api/v1/staff/", StringComparison.Ordinal), one.Scope is not null));
        Assert.Subset(ApiToken.Words.Select(one => one.Word).ToHashSet(), described.Select(one => one.Scope).OfType<string>().ToHashSet());
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var references = Inside(Document).OfType<JsonObject>().Select(one => (string?)one["$ref"]).OfType<string>().ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(Resolve(reference)));
    }

    private static void AssertFits(JsonNode schema, JsonNode? value, string where)
    {
        if ((string?)schema["$ref"] is { } reference) schema = Resolve(reference)!;
        if (value is JsonArray items) Assert.All(items, item => AssertFits(schema["items"]!, item, where));
        if (value is not JsonObject typed || schema["properties"] is not JsonObject properties) return;
        foreach (var (name, one) in typed)
        {
            Assert.True(properties.ContainsKey(name), $"{where}: there is no {name}.");
            AssertFits(properties[name]!, one, $"{where}.{name}");
        }
        Assert.All(schema["required"]!.AsArray(), name => Assert.True(typed.ContainsKey((string)name!), $"{where}: {name} is missing."));
    }

    private static JsonNode? Resolve(string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)Document, (node, name) => node?[name]);

    private static IEnumerable<JsonNode?> Inside(JsonNode? node) => node switch
    {
        JsonObject all => all.SelectMany(one => Inside(one.Value)).Prepend(all),
        JsonArray all => all.SelectMany(Inside),
        _ => [],
    };

    private static JsonObject Read()
    {
        using var stream = typeof(BookingBody).Assembly.GetManifestResourceStream("VetBooking.Web.openapi.v1.json")
            ?? throw new InvalidOperationException("The description is not in the program.");
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "VetBooking.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    [GeneratedRegex("""new ProblemBody\(\s*"([a-z-]+)""")]
    private static partial Regex ProblemType();
}
