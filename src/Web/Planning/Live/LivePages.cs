using System.Text;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Web.Planning.DayBoard;
using VetBooking.Web.SignIn;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Planning;

/// <summary>What an open board asks for by itself. None of it counts as use of the session.</summary>
internal static class LivePages
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(10);

    /// <summary><c>GET /praxis/live</c>: the dates on which something changes, as they change (server-sent events).</summary>
    public static IResult Stream(Staff staff, News news, Writer writer, Readers readers, IHostApplicationLifetime lifetime) => new EventStream(staff, news, (writer, readers), lifetime);

    /// <summary>
    /// <c>GET /praxis/spalten</c>: the columns that are not as the board knows them; 204 if it must be drawn anew as a whole.
    /// </summary>
    public static async Task<IResult> Columns(Staff staff, Readers readers, BoardCache cache)
    {
        var v = staff.Visitor;
        var (wish, act) = readers.Read(db => (BoardPages.Wish(db, staff, v.Asked("seite") == "woche"), LastAct.Of(db, staff)));
        var (board, columns) = await cache.Written(staff, readers, wish);
        if (board.Scale != v.Asked("raster")) return Results.NoContent();
        var known = v.Asked("kennt").Split(',');
        await using var html = new StringWriter();
        await UndoForm.Create(new UndoModel(staff, act, wish)).RenderAsync(html, BoardCache.Encoder(staff));
        for (var i = 0; i < columns.Count; i++)
        {
            if (i >= known.Length || known[i] != columns[i].Hash) await html.WriteAsync(columns[i].Html);
        }
        v.Http.Response.Headers["Praxis-Stand"] = BoardPageModel.StateOf(columns);
        return Results.Text(html.ToString(), "text/html; charset=utf-8", Encoding.UTF8);
    }

    private sealed class EventStream(Staff staff, News news, (Writer Writer, Readers Readers) practice, IHostApplicationLifetime lifetime) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "text/event-stream";
            response.Headers["X-Accel-Buffering"] = "no";
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, lifetime.ApplicationStopping);
            using var listener = news.Listen();
            try
            {
                await Say(response, "retry: 2000\nevent: puls\ndata: .\n\n", stop.Token);
                while (true)
                {
                    // A time kept for urgent cases opens by itself: no commit tells of it.
                    var (now, opening) = (Now(httpContext), practice.Writer.Current.Practice.NextOpening(Now(httpContext)));
                    var patience = opening is { } next && (next.At - now).ToTimeSpan() is var left && left < Pulse ? left : Pulse;
                    var word = await listener.Next(patience, stop.Token);
                    // The board outlives neither its session nor its account: looked up at every word and every pulse.
                    if (!IsSignedIn(httpContext))
                    {
                        await Say(response, "event: ende\ndata: .\n\n", stop.Token);
                        return;
                    }
                    if (word is null) await Say(response, "event: puls\ndata: .\n\n", stop.Token);
                    else if (word.Length > 0) await Say(response, $"event: tage\ndata: {word}\n\n", stop.Token);
                    if (opening is { } opened && opened.At <= Now(httpContext)) await Say(response, $"event: tage\ndata: {BoardPageModel.Iso(opened.Date)}\n\n", stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The tab was closed, or the practice stops; the browser comes back by itself if it wants to.
            }
        }

        private bool IsSignedIn(HttpContext http)
        {
            return StaffCookie.Read(http) is { } token && practice.Readers.Read(db => Sessions.Open(db, token, Now(http)))?.Id == staff.Session.Id;
        }

        private static Instant Now(HttpContext http) => http.RequestServices.GetRequiredService<IClock>().GetCurrentInstant();

        private static async Task Say(HttpResponse response, string text, CancellationToken stop)
        {
            await response.WriteAsync(text, stop);
            await response.Body.FlushAsync(stop);
        }
    }
}
