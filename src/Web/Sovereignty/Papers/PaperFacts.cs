using VetBooking.Web.Shared;
using VetBooking.Web.Sovereignty.Map;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Papers;

/// <summary>What of the running practice the papers depend on.</summary>
public sealed record PaperFacts
{
    public required string Practice { get; init; }

    /// <summary>Name, address and mail address, as the controller is named.</summary>
    public required string Controller { get; init; }
    public required string PublicUrl { get; init; }

    /// <summary>The server that mail leaves by; empty if none is sent.</summary>
    public required string MailHost { get; init; }

    /// <summary>Where short messages go to be sent; empty if nowhere.</summary>
    public required string GatewayHost { get; init; }

    /// <summary>Where programs are told of appointments.</summary>
    public required IReadOnlyList<string> WebhookHosts { get; init; }

    /// <summary>What is switched on, as words of the texts: <c>recall</c>, <c>list</c>, <c>questions</c>, <c>photos</c>, <c>gateway</c>, <c>webhooks</c>, <c>tokens</c>, <c>feeds</c>, <c>calendars</c>, <c>frames</c>, <c>walk-ins</c>.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>How many days each rule of retention keeps what it is about.</summary>
    public required IReadOnlyDictionary<string, int> Days { get; init; }

    public required int BackupDays { get; init; }
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>The classes of data that the map has of somebody, <c>owner</c> or <c>team</c>.</summary>
    public static IEnumerable<string> Classes(string whose) =>
        DataMap.Tables.Where(table => table.Whose == whose).SelectMany(table => table.Columns).Select(column => column.Class).Where(one => one is not ("key" or "derived")).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The tables whose rows a rule of retention ends, those that go with them included.</summary>
    public static IEnumerable<string> Tables(string rule)
    {
        var ended = new HashSet<string> { DataMap.TableOf(rule) };
        for (var before = -1; before != ended.Count;)
        {
            before = ended.Count;
            ended.UnionWith(DataMap.Tables.Where(table => table.EndsWith is { } other && ended.Contains(other)).Select(table => table.Name));
        }
        return ended.Order(StringComparer.Ordinal);
    }

    /// <summary>What an erasure does with tables, as <c>erased</c>, <c>erased by hand</c> and <c>stays</c>, each with the tables that hold something about owners.</summary>
    public static IEnumerable<(string What, string Tables)> Erased { get; } =
        from table in DataMap.Tables
        where table.Whose == "owner" || table.Erased != "stays"
        group table.Name by table.ErasedWith.Any() ? "erased" : table.Erased into one
        orderby one.Key
        select (one.Key, string.Join(", ", one.Order(StringComparer.Ordinal)));

    /// <summary>Reads them.</summary>
    public static PaperFacts Load(Db db, Profile profile, InstanceSettings settings)
    {
        bool Any(string table) => db.Number($"SELECT EXISTS (SELECT 1 FROM {table})") == 1;
        var gateway = db.Row("SELECT host FROM gateway", row => row.GetString(0)) ?? "";
        (string Word, bool IsOn)[] features =
        [
            ("recall", profile.Recalls), ("list", profile.HasWaitingList), ("questions", !profile.Questions.IsEmpty),
            ("photos", profile.Questions.Any(one => one.Kind == Questions.QuestionKind.Photo)), ("gateway", gateway.Length > 0), ("webhooks", Any("webhook WHERE state <> 'off'")),
            ("tokens", Any("api_token WHERE revoked_at IS NULL")), ("feeds", Any("feed")), ("calendars", Any("busy_calendar")), ("frames", Any("embedding_origin")), ("walk-ins", Any("walk_in_hours")),
        ];
        return new PaperFacts
        {
            Practice = profile.Name,
            Controller = string.Join(", ", new[] { profile.Name, profile.Legal.Owners, profile.Street, $"{profile.Postcode} {profile.City}".Trim(), profile.Email }.Where(part => part.Length > 0)),
            PublicUrl = settings.PublicUrl,
            MailHost = settings.Mail.Transport == "smtp" ? settings.Mail.Host : "",
            GatewayHost = gateway,
            WebhookHosts = db.Rows("SELECT DISTINCT host FROM webhook WHERE state <> 'off' ORDER BY host", row => row.GetString(0)),
            Features = [.. features.Where(one => one.IsOn).Select(one => one.Word)],
            Days = Retention.Days(db),
            BackupDays = (int)db.Number("SELECT days FROM backup_plan"),
            Languages = profile.Languages,
        };
    }
}
