using System.Globalization;
using NodaTime;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Sovereignty.Routine;

/// <summary>Compares every page of the database file with its sum, a few at a time so that nobody waits, and remembers what came of it.</summary>
public sealed class PageRound(Writer writer, PageSums sums, IClock clock)
{
    private const int AtOnce = 256, MostNamed = 5;

    /// <summary>Goes once through the file.</summary>
    public async Task<BackupRun> Run()
    {
        var (differing, pages) = (new SortedSet<int>(), 0);
        for (var from = 1; ; from += AtOnce)
        {
            var more = await writer.Write(_ =>
            {
                pages = sums.Comparable();
                differing.UnionWith(sums.Differing(from, AtOnce));
                differing.UnionWith(sums.Found);
                // Nothing to compare with, or somebody else has just written: from here on there is.
                if (pages == 0) sums.Begin();
                return from + AtOnce <= pages;
            });
            if (!more) break;
        }
        var run = new BackupRun("pages", clock.GetCurrentInstant(), "", (long)pages * sums.PageSize, differing.Count == 0 ? null : Named(differing));
        await writer.Write(change =>
        {
            run.Note(change.Db);
            return true;
        });
        return run;
    }

    /// <summary>The same at once, for whoever looks a practice over, running or not: nobody writes meanwhile.</summary>
    internal static List<string> Problems(Db db, DataFolder folder)
    {
        var sums = new PageSums(folder);
        db.Execute("BEGIN IMMEDIATE");
        try
        {
            return sums.Differing(1, int.MaxValue) is { Count: > 0 } pages ? [$"the disk has changed the database by itself: {Named(pages)}"] : [];
        }
        finally
        {
            db.Execute("ROLLBACK");
        }
    }

    private static string Named(IReadOnlyCollection<int> pages) =>
        (pages.Count == 1 ? "page " : "pages ") + string.Join(", ", pages.Take(MostNamed).Select(page => page.ToString(CultureInfo.InvariantCulture))) + (pages.Count > MostNamed ? ", …" : "");
}
