using NodaTime;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Sovereignty.Papers;

/// <summary>A version of a paper.</summary>
/// <param name="Number">Counts from 1; 0 before there is one.</param>
/// <param name="At">When it was written down.</param>
/// <param name="Hash">Of what it said, in German.</param>
public sealed record PaperVersion(int Number, Instant At, string Hash)
{
    /// <summary>The last of a paper; null before the first.</summary>
    internal static PaperVersion? Last(Db db, string kind) => db.Row(
        "SELECT version, made_at, hash FROM paper WHERE kind = $kind ORDER BY version DESC LIMIT 1",
        row => new PaperVersion(row.GetInt32(0), Instant.FromUnixTimeSeconds(row.GetInt64(1)), row.GetString(2)), ("$kind", kind));

    /// <summary>Writes down every paper that says something else than its last version. At night and at a press; never because somebody looks.</summary>
    /// <returns>How many those were.</returns>
    internal static int Settle(Change change, Actor actor, InstanceSettings settings)
    {
        var facts = PaperFacts.Load(change.Db, change.Book.Profile, settings);
        var written = 0;
        foreach (var paper in Paper.Kinds.Select(kind => Paper.Of(kind, facts, Text.In("de"))))
        {
            var last = Last(change.Db, paper.Kind);
            if (last?.Hash == paper.Hash) continue;
            change.Db.Execute("INSERT INTO paper (kind, version, made_at, hash, said) VALUES ($kind, $version, $now, $hash, $said)",
                ("$kind", paper.Kind), ("$version", (long)(last?.Number ?? 0) + 1), ("$now", change.Now.ToUnixTimeSeconds()), ("$hash", paper.Hash),
                ("$said", string.Join('\n', paper.Sections.SelectMany(one => one.Lines.Prepend("# " + one.Heading)))));
            Audit.Add(change, actor, "paper.written", "paper:" + paper.Kind);
            written++;
        }
        return written;
    }
}
