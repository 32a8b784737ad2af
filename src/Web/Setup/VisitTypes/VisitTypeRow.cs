using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Setup.Hours;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Setup.VisitTypes;

/// <summary>A visit type with everything that belongs to it, as its form shows it and the database keeps it.</summary>
internal sealed record VisitTypeRow
{
    public required string Id { get; init; }
    public int Position { get; init; } = 99;
    public bool AsksRedFlags { get; init; }
    public string Audience { get; init; } = "anyone";
    public string Mode { get; init; } = "confirm";
    public int FurtherMinutes { get; init; } = 10;
    public int BufferBefore { get; init; }
    public int BufferAfter { get; init; }
    public int Travel { get; init; }
    public bool MayExceed { get; init; }
    public int LeadMinutes { get; init; } = 60;
    public int HorizonDays { get; init; } = 90;
    public int GridMinutes { get; init; } = 10;
    public int? DailyCap { get; init; }
    public int CancelHours { get; init; } = 24;
    public int RequestHours { get; init; } = 48;
    public bool IsActive { get; init; } = true;

    /// <summary>How many hours before it owners are reminded.</summary>
    public IReadOnlyList<int> Reminders { get; init; } = [24];

    public AftercareRow Aftercare { get; init; } = AftercareRow.None;

    /// <summary>Name, hint and what to bring, by language.</summary>
    public IReadOnlyDictionary<string, (string Name, string Hint, string Bring)> Words { get; init; } = new Dictionary<string, (string, string, string)>();

    /// <summary>Minutes by species.</summary>
    public IReadOnlyDictionary<string, int> Minutes { get; init; } = new Dictionary<string, int>();

    public WeekDays Windows { get; init; } = WeekDays.None;

    public IReadOnlyList<NeedRow> Needs { get; init; } = [];

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>All visit types in their order, those that are not offered last.</summary>
    public static IReadOnlyList<VisitTypeRow> All(Db db)
    {
        var words = db.Rows("SELECT visit_type_id, language, name, hint, bring FROM visit_type_text", row => (Id: row.GetString(0), Language: row.GetString(1), Words: (row.GetString(2), row.GetString(3), row.GetString(4)))).ToLookup(row => row.Id);
        var minutes = db.Rows("SELECT visit_type_id, species_id, minutes FROM visit_type_species", row => (Id: row.GetString(0), Species: row.GetString(1), Minutes: row.GetInt32(2))).ToLookup(row => row.Id);
        var windows = db.Rows("SELECT visit_type_id, weekday, starts, ends FROM visit_type_window ORDER BY starts", row => (Id: row.GetString(0), Day: row.GetInt32(1), Hours: (Clock.Parse(row.GetString(2)).Value, Clock.Parse(row.GetString(3)).Value))).ToLookup(row => row.Id);
        var needs = NeedRow.All(db);
        var aftercare = AftercareRow.AllWords(db);
        var reminders = db.Rows("SELECT visit_type_id, hours FROM reminder ORDER BY hours", row => (Id: row.GetString(0), Hours: row.GetInt32(1))).ToLookup(row => row.Id, row => row.Hours);
        return db.Rows(
            """
            SELECT id, position, asks_red_flags, audience, mode, further_minutes, buffer_before, buffer_after, travel, buffers_exceed_hours,
                   lead_minutes, horizon_days, grid_minutes, daily_cap, cancel_hours, request_hours, active, aftercare_hours
            FROM visit_type ORDER BY active DESC, position, id
            """,
            row => new VisitTypeRow
            {
                Id = row.GetString(0),
                Position = row.GetInt32(1),
                AsksRedFlags = row.GetBoolean(2),
                Audience = row.GetString(3),
                Mode = row.GetString(4),
                FurtherMinutes = row.GetInt32(5),
                BufferBefore = row.GetInt32(6),
                BufferAfter = row.GetInt32(7),
                Travel = row.GetInt32(8),
                MayExceed = row.GetBoolean(9),
                LeadMinutes = row.GetInt32(10),
                HorizonDays = row.GetInt32(11),
                GridMinutes = row.GetInt32(12),
                DailyCap = (int?)row.Number(13),
                CancelHours = row.GetInt32(14),
                RequestHours = row.GetInt32(15),
                IsActive = row.GetBoolean(16),
                Words = words[row.GetString(0)].ToDictionary(one => one.Language, one => one.Words),
                Minutes = minutes[row.GetString(0)].ToDictionary(one => one.Species, one => one.Minutes),
                Windows = new WeekDays(Enumerable.Range(1, 7).Select(day => (IReadOnlyList<(LocalTime, LocalTime)>)[.. windows[row.GetString(0)].Where(one => one.Day == day).Select(one => one.Hours)])),
                Needs = [.. needs[row.GetString(0)]],
                Reminders = [.. reminders[row.GetString(0)]],
                Aftercare = new AftercareRow((int?)row.Number(17), aftercare[row.GetString(0)].ToDictionary(one => one.Language, one => one.Words)),
            });
    }

    /// <summary>What it is called; its id if nowhere.</summary>
    public string Name(string language) => Words.TryGetValue(language, out var words) ? words.Name : Words.TryGetValue("de", out words) ? words.Name : Id;

    /// <summary>Whether an appointment, past or to come, is for it: then it stays, and is only no longer offered.</summary>
    public bool IsUsed(Db db) => db.Number("SELECT EXISTS (SELECT 1 FROM appointment WHERE visit_type_id = $id)", ("$id", Id)) == 1;

    public void Save(Db db)
    {
        db.Execute(
            """
            INSERT INTO visit_type (id, position, asks_red_flags, audience, mode, further_minutes, buffer_before, buffer_after, travel, buffers_exceed_hours,
                                    lead_minutes, horizon_days, grid_minutes, daily_cap, cancel_hours, request_hours, active)
            VALUES ($id, $position, $flags, $audience, $mode, $further, $before, $after, $travel, $exceed, $lead, $horizon, $grid, $cap, $cancel, $request, $active)
            ON CONFLICT (id) DO UPDATE SET position = excluded.position, asks_red_flags = excluded.asks_red_flags, audience = excluded.audience,
              mode = excluded.mode, further_minutes = excluded.further_minutes, buffer_before = excluded.buffer_before, buffer_after = excluded.buffer_after,
              travel = excluded.travel, buffers_exceed_hours = excluded.buffers_exceed_hours, lead_minutes = excluded.lead_minutes,
              horizon_days = excluded.horizon_days, grid_minutes = excluded.grid_minutes, daily_cap = excluded.daily_cap,
              cancel_hours = excluded.cancel_hours, request_hours = excluded.request_hours, active = excluded.active
            """,
            ("$id", Id), ("$position", Position), ("$flags", AsksRedFlags ? 1 : 0), ("$audience", Audience), ("$mode", Mode), ("$further", FurtherMinutes),
            ("$before", BufferBefore), ("$after", BufferAfter), ("$travel", Travel), ("$exceed", MayExceed ? 1 : 0), ("$lead", LeadMinutes), ("$horizon", HorizonDays),
            ("$grid", GridMinutes), ("$cap", DailyCap), ("$cancel", CancelHours), ("$request", RequestHours), ("$active", IsActive ? 1 : 0));
        foreach (var part in (string[])["visit_type_text", "visit_type_species", "visit_type_window", "need", "reminder"]) db.Execute($"DELETE FROM {part} WHERE visit_type_id = $id", ("$id", Id));
        foreach (var (language, (name, hint, bring)) in Words)
        {
            db.Execute("INSERT INTO visit_type_text (visit_type_id, language, name, hint, bring) VALUES ($id, $language, $name, $hint, $bring)",
                ("$id", Id), ("$language", language), ("$name", name), ("$hint", hint), ("$bring", bring));
        }
        foreach (var (species, minutes) in Minutes)
        {
            db.Execute("INSERT INTO visit_type_species (visit_type_id, species_id, minutes) VALUES ($id, $species, $minutes)", ("$id", Id), ("$species", species), ("$minutes", minutes));
        }
        for (var day = 1; day <= 7; day++)
        {
            foreach (var (from, to) in Windows.On(day))
            {
                db.Execute("INSERT INTO visit_type_window (visit_type_id, weekday, starts, ends) VALUES ($id, $day, $from, $to)",
                    ("$id", Id), ("$day", day), ("$from", Clock.Format(from)), ("$to", Clock.Format(to)));
            }
        }
        foreach (var hours in Reminders) db.Execute("INSERT INTO reminder VALUES ($id, $hours)", ("$id", Id), ("$hours", hours));
        for (var i = 0; i < Needs.Count; i++) Needs[i].Save(db, Id, i + 1);
        Aftercare.Save(db, Id);
    }
}

/// <summary>One thing a visit takes up: any resource named, or any of the kind with a skill.</summary>
internal sealed record NeedRow(string Kind, string Skill, IReadOnlyList<string> AnyOf)
{
    public static ILookup<string, NeedRow> All(Db db)
    {
        var options = db.Rows("SELECT visit_type_id, position, resource_id FROM need_option ORDER BY resource_id", row => (Need: (row.GetString(0), row.GetInt32(1)), Resource: row.GetString(2)))
            .ToLookup(row => row.Need, row => row.Resource);
        return db.Rows("SELECT visit_type_id, position, kind, skill FROM need ORDER BY visit_type_id, position",
            row => (Id: row.GetString(0), Need: new NeedRow(row.GetString(2), row.Text(3) ?? "", [.. options[(row.GetString(0), row.GetInt32(1))]])))
            .ToLookup(row => row.Id, row => row.Need);
    }

    public void Save(Db db, string visitType, int position)
    {
        db.Execute("INSERT INTO need (visit_type_id, position, kind, skill) VALUES ($type, $position, $kind, $skill)",
            ("$type", visitType), ("$position", position), ("$kind", Kind), ("$skill", Skill.Length > 0 ? Skill : null));
        foreach (var resource in AnyOf)
        {
            db.Execute("INSERT INTO need_option (visit_type_id, position, resource_id) VALUES ($type, $position, $resource)", ("$type", visitType), ("$position", position), ("$resource", resource));
        }
    }
}
