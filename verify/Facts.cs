using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace VetBooking.Verify;

/// <summary>A visit type anyone may book online.</summary>
internal sealed record Bookable(string Id, string Mode, int Grid, int Horizon, bool Capped)
{
    public required IReadOnlyDictionary<string, int> Minutes { get; init; }

    /// <summary>Who can be asked for.</summary>
    public required IReadOnlyList<string> People { get; init; }
}

/// <summary>What to ask for.</summary>
internal sealed record Choice(Bookable Type, string Species, Instant Start, string? Vet, int Animals = 1);

/// <summary>What the practice in a data folder offers, and ways to change it while its server is stopped.</summary>
internal sealed class Facts
{
    public required DateTimeZone Zone { get; init; }
    public required IReadOnlyList<Bookable> Types { get; init; }

    /// <summary>People, rooms and devices.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    public static Facts Read(string database)
    {
        using var connection = Database.OpenToRead(database);
        var types = connection.Rows(
            """
            SELECT id, mode, grid_minutes, horizon_days, daily_cap FROM visit_type
            WHERE active = 1 AND audience = 'anyone' ORDER BY position
            """,
            row => new Bookable(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), !row.IsDBNull(4))
            {
                Minutes = connection.Rows(
                    "SELECT species_id, minutes FROM visit_type_species JOIN species ON species.id = species_id WHERE visit_type_id = $1 AND treated = 1",
                    one => (one.GetString(0), one.GetInt32(1)), row.GetString(0)).ToDictionary(one => one.Item1, one => one.Item2),
                People = PeopleFor(connection, row.GetString(0)),
            });
        return new Facts
        {
            Zone = DateTimeZoneProviders.Tzdb[connection.Rows("SELECT zone FROM practice", row => row.GetString(0)).Single()],
            Resources = connection.Rows("SELECT id FROM resource WHERE active = 1 ORDER BY id", row => row.GetString(0)),
            Types = [.. types.Where(type => type.Minutes.Count > 0 && type.People.Count > 0)],
        };
    }

    private static List<string> PeopleFor(SqliteConnection connection, string visitType) => connection.Rows(
        """
        WITH asked AS (SELECT * FROM need WHERE visit_type_id = $1 AND kind = 'person' ORDER BY position LIMIT 1)
        SELECT r.id FROM resource r, asked
        WHERE r.active = 1 AND r.kind = 'person' AND (
          r.id IN (SELECT resource_id FROM need_option o WHERE o.visit_type_id = $1 AND o.position = asked.position)
          OR asked.skill IN (SELECT skill FROM skill WHERE resource_id = r.id))
        ORDER BY r.position
        """, row => row.GetString(0), visitType);

    public Wanted Ask(Random random, Choice choice)
    {
        var key = new byte[16];
        random.NextBytes(key);
        var name = Convert.ToHexStringLower(key);
        var body = new JsonObject
        {
            ["visitType"] = choice.Type.Id,
            ["start"] = Times.Iso(choice.Start, Zone),
            ["language"] = "de",
            ["owner"] = new JsonObject { ["name"] = $"Vera Prüfer {name[..6]}", ["email"] = $"{name}@example.org", ["phone"] = "030 1234567" },
            ["animals"] = new JsonArray([.. Enumerable.Range(1, choice.Animals).Select(number => (JsonNode)new JsonObject
            {
                ["name"] = $"Bello {number}",
                ["species"] = choice.Species,
            })]),
            // Marks the appointment, so that the checker finds out what one key led to.
            ["note"] = name,
        };
        if (choice.Vet is not null) body["vet"] = choice.Vet;
        return new Wanted(name, choice, body.ToJsonString());
    }

    /// <summary>Some visit type at a start of its grid within an hour of a time; with somebody named, or with anybody.</summary>
    public Choice Around(Random random, Instant middle, bool named)
    {
        var type = Types[random.Next(Types.Count)];
        var species = type.Minutes.Keys.ElementAt(random.Next(type.Minutes.Count));
        var start = middle + Duration.FromMinutes(5 * random.Next(-12, 13));
        return new Choice(
            type, species, start - Duration.FromMinutes(start.InZone(Zone).Minute % type.Grid),
            named ? type.People[random.Next(type.People.Count)] : null, random.Next(1, 3));
    }

    /// <summary>Open day and night on the given weekdays, with everybody always there and no visit type limited to some hours.</summary>
    public static void OpenAroundTheClock(SqliteConnection connection, params int[] weekdays)
    {
        connection.Execute(
            """
            DELETE FROM opening_hours; DELETE FROM shift; DELETE FROM absence; DELETE FROM closure;
            DELETE FROM visit_type_window; DELETE FROM regional_holiday;
            UPDATE visit_type SET lead_minutes = 0, horizon_days = 90, daily_cap = NULL;
            UPDATE practice SET land = NULL, revision = revision + 1;
            """);
        foreach (var day in weekdays)
        {
            connection.Execute("INSERT INTO opening_hours (weekday, opens, closes) VALUES ($1, '00:00', '00:00')", day);
        }
    }

    public static readonly int[] AllWeek = [1, 2, 3, 4, 5, 6, 7];
}
