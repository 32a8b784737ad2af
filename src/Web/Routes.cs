using VetBooking.Web.Booking;
using VetBooking.Web.Clients;
using VetBooking.Web.Clients.Feeds;
using VetBooking.Web.FrontDesk;
using VetBooking.Web.Glance;
using VetBooking.Web.Machines;
using VetBooking.Web.Messages.Sent;
using VetBooking.Web.Planning;
using VetBooking.Web.Protection;
using VetBooking.Web.Questions;
using VetBooking.Web.Recall;
using VetBooking.Web.Recall.Consenting;
using VetBooking.Web.Setup;
using VetBooking.Web.Shared;
using VetBooking.Web.Shared.Faults;
using VetBooking.Web.SignIn;
using VetBooking.Web.SignIn.Entry;
using VetBooking.Web.Site;
using VetBooking.Web.Sovereignty.OwnData;
using VetBooking.Web.Today.Flow;
using VetBooking.Web.Today.Lists;
using VetBooking.Web.Today.Offline;
using VetBooking.Web.Today.WalkIns;
using VetBooking.Web.WaitingList;
using VetBooking.Web.Website;

namespace VetBooking.Web;

/// <summary>
/// Every URL that is open to anyone, on one page, and where the staff's are. What is not opened by name is closed:
/// <see cref="Gate"/> answers it with 404.
/// </summary>
internal static class Routes
{
    public static void Map(WebApplication app)
    {
        // Anyone -----------------------------------------------------------------------------------------------------
        var anyone = app.MapGroup("").AllowAnonymous();

        anyone.MapGet("/dateien/{name}", Assets.Get);
        anyone.MapGet("/openapi/v1.json", ApiDescription.Get);
        MapSite(anyone.MapGroup(""));
        WebsiteRoutes.MapAnyone(anyone);
        RecallRoutes.MapAnyone(anyone);
        MapOwnData(anyone.MapGroup("/meine-daten"));

        SignInRoutes.MapDoor(anyone.MapGroup("/praxis").AddEndpointFilter(WayIn.SameSiteOnly));
        // A calendar program holds the token; nothing of an owner is behind it.
        anyone.MapGet("/kalender/{token}.ics", FeedPages.Read);

        // Closed until the practice's legal notice is complete.
        var open = anyone.MapGroup("").AddEndpointFilter(NotPublicYet.Filter);
        MapBooking(open.MapGroup("/buchen"));
        MapLinks(open.MapGroup("/termin/{token}"));
        WaitingRoutes.MapOwners(open);
        MapApi(open.MapGroup("/api/v1"));

        // Staff; what each group lets one do is the right it asks for ---------------------------------------------------
        var praxis = app.MapGroup("/praxis");
        SignInRoutes.MapStaff(praxis);
        MapFlow(praxis);
        ClientRoutes.Map(praxis);
        RecallRoutes.Map(praxis);
        MapFrontDesk(praxis);
        WaitingRoutes.MapDesk(praxis);
        MapBoard(praxis);
        SettingsRoutes.Map(praxis);
        praxis.MapGroup("/auswertung").For(Right.Manage).MapGet("", GlancePages.Show);

        // The practice's own programs, with a token -------------------------------------------------------------------
        MachineRoutes.MapApi(app.MapGroup("/api/v1/staff"));

        // The operator, on this machine ------------------------------------------------------------------------------
        var local = anyone.MapGroup("/health").AddEndpointFilter(Health.OnlyLocal);
        local.MapGet("/live", Health.Live);
        local.MapGet("/ready", Health.Ready);
    }

    private static void MapSite(RouteGroupBuilder site)
    {
        site.MapGet("/", SitePages.Home);
        site.MapGet("/impressum", SitePages.Imprint);
        site.MapGet("/datenschutz", SitePages.Privacy);
        site.MapGet("/barrierefreiheit", SitePages.Accessibility);
        site.MapGet("/robots.txt", SearchEngines.Robots);
        site.MapGet("/sitemap.xml", SearchEngines.Sitemap);
    }

    private static void MapBooking(RouteGroupBuilder booking)
    {
        booking.MapGet("", ReasonPages.Show);
        booking.MapPost("", ReasonPages.Choose);
        booking.MapGet("/{visitType}", ReasonPages.ChooseByLink);
        booking.MapGet("/warnzeichen", ReasonPages.ShowRedFlags);
        booking.MapPost("/warnzeichen", ReasonPages.AnswerRedFlags);
        booking.MapGet("/anrufen", ReasonPages.CallAtOnce);
        booking.MapGet("/tiere", AnimalPages.Show);
        booking.MapPost("/tiere", AnimalPages.Name);
        booking.MapGet("/zeit", TimePages.Show);
        booking.MapPost("/zeit", TimePages.Choose);
        booking.MapGet("/kontakt", ContactPages.Show);
        booking.MapPost("/kontakt", ContactPages.Book);
        booking.MapGet("/fertig/{token}", LinkPages.ShowReceipt);
        booking.MapGet("/fertig/{token}/kalender.ics", LinkPages.ReceiptCalendar);
    }

    private static void MapLinks(RouteGroupBuilder link)
    {
        link.MapGet("", LinkPages.Show);
        link.MapGet("/kalender.ics", LinkPages.Calendar);
        link.MapPost("/bestaetigung", LinkPages.Confirm);
        link.MapGet("/absage", LinkPages.AskCancel);
        link.MapPost("/absage", LinkPages.Cancel);
        link.MapPost("/absage/rueckgaengig", LinkPages.TakeBack);
        link.MapGet("/verschiebung", LinkPages.AskMove);
        link.MapPost("/verschiebung", LinkPages.MoveTo);
        link.MapPost("/erinnern", ConsentPages.Decide);
    }

    // Open whatever becomes of the practice: what somebody may know of their data does not depend on it.
    private static void MapOwnData(RouteGroupBuilder data)
    {
        data.MapGet("", OwnDataPages.Show);
        data.MapPost("", OwnDataPages.Ask);
        data.MapGet("/gesendet", OwnDataPages.Sent);
        data.MapGet("/geloescht", OwnDataPages.Erased);
        data.MapGet("/code/{token}", OwnDataPages.AskOpen);
        data.MapPost("/code/{token}", OwnDataPages.Open);
        data.MapGet("/offen/{token}", OwnDataPages.See);
        data.MapPost("/offen/{token}/berichtigung", OwnDataPages.Correct);
        data.MapPost("/offen/{token}/datei", OwnDataPages.Fetch);
        data.MapPost("/offen/{token}/erinnern", OwnDataPages.Decide);
        data.MapPost("/offen/{token}/loeschung", OwnDataPages.Erase);
        data.MapPost("/offen/{token}/ende", OwnDataPages.Close);
    }

    private static void MapApi(RouteGroupBuilder api)
    {
        api.MapGet("/practice", SlotsApi.Practice);
        api.MapGet("/visit-types", SlotsApi.VisitTypes);
        api.MapGet("/slots", SlotsApi.Slots);
        api.MapPost("/bookings", BookingApi.Book);
    }

    private static void MapBoard(RouteGroupBuilder praxis)
    {
        var read = praxis.MapGroup("").For(Right.Read);
        read.MapGet("/tag", BoardPages.Day);
        read.MapGet("/woche", BoardPages.Week);
        read.MapPost("/ansicht", BoardPages.KeepView);
        read.MapGet("/live", LivePages.Stream).WithMetadata(new Unattended());
        read.MapGet("/spalten", LivePages.Columns).WithMetadata(new Unattended());
        read.MapGet("/termin/{id}", PlanPages.Show);
        read.MapGet("/termin/{id}/foto/{nummer}", Photo.Show);
        read.MapGet("/nachrichten/{id}", SentPages.Show);
        read.MapGet("/sperre/{id}", BlockPages.Show);
        var plan = praxis.MapGroup("").For(Right.Plan);
        plan.MapPost("/termin/{id}/verschiebung", PlanPages.Move);
        plan.MapPost("/termin/{id}/absage", PlanPages.Cancel);
        plan.MapPost("/termin/{id}/notiz", PlanPages.Note);
        plan.MapPost("/rueckgaengig", PlanPages.TakeBack);
        plan.MapGet("/sperre", BlockPages.AskNew);
        plan.MapPost("/sperre", BlockPages.Save);
        plan.MapPost("/sperre/{id}/aufhebung", BlockPages.Free);
    }

    private static void MapFlow(RouteGroupBuilder praxis)
    {
        var read = praxis.MapGroup("").For(Right.Read);
        read.MapGet("/warteraum", WaitingPages.Show);
        read.MapGet("/warteraum/liste", WaitingPages.List).WithMetadata(new Unattended());
        read.MapGet("/liste", ListPages.Show);
        read.MapGet("/morgen", ListPages.Tomorrow);
        read.MapGet("/kopie", OfflinePages.Copy).WithMetadata(new Unattended());
        read.MapGet("/sw.js", OfflinePages.Script).WithMetadata(new Unattended());
        read.MapGet("/app.webmanifest", OfflinePages.Manifest).WithMetadata(new Unattended());
        read.MapGet("/sprechstunde", WalkInPages.Show);
        read.MapGet("/nichterschienen", NoShowPages.Show);
        var plan = praxis.MapGroup("").For(Right.Plan);
        plan.MapPost("/termin/{id}/ankunft", FlowPages.Arrive);
        plan.MapPost("/termin/{id}/aufruf", FlowPages.Call);
        plan.MapPost("/termin/{id}/zimmer", FlowPages.Enter);
        plan.MapPost("/termin/{id}/ende", FlowPages.End);
        plan.MapPost("/termin/{id}/nichterschienen", FlowPages.Miss);
        plan.MapPost("/termin/{id}/schritt-zurueck", FlowPages.TakeBack);
        plan.MapPost("/nummer/{id}/ankunft", FlowPages.ReturnNumber);
        plan.MapPost("/nummer/{id}/aufruf", FlowPages.CallNumber);
        plan.MapPost("/nummer/{id}/zimmer", FlowPages.EnterNumber);
        plan.MapPost("/nummer/{id}/ende", FlowPages.EndNumber);
        plan.MapPost("/nummer/{id}/nichterschienen", FlowPages.MissNumber);
        plan.MapPost("/nummer/{id}/schritt-zurueck", FlowPages.TakeBackNumber);
        plan.MapPost("/sprechstunde/nummer", WalkInPages.Give);
        plan.MapPost("/sprechstunde/heute", WalkInPages.Limit);
        plan.MapPost("/nichterschienen/{id}", NoShowPages.Waive);
        var manage = praxis.MapGroup("").For(Right.Manage);
        manage.MapGet("/geraete", OfflinePages.Show);
        manage.MapPost("/geraete", OfflinePages.Mark);
        manage.MapPost("/geraete/{id}/ende", OfflinePages.Revoke);
        manage.MapPost("/sprechstunde/zeiten", WalkInPages.Plan);
        manage.MapPost("/sprechstunde/zeiten/{id}/ende", WalkInPages.Drop);
        manage.MapPost("/nichterschienen/regel", NoShowPages.Decide);
    }

    private static void MapFrontDesk(RouteGroupBuilder praxis)
    {
        var read = praxis.MapGroup("").For(Right.Read);
        read.MapGet("/suche", SearchPages.Show);
        read.MapPost("/suche", SearchPages.Look);
        read.MapGet("/anfragen", RequestPages.Show);
        read.MapGet("/pause", PausePages.Show);
        read.MapGet("/warum", WhyPages.Show);
        read.MapGet("/neu/{id}", PhonePages.ShowBooked);
        read.MapGet("/serie/{id}", SeriesPages.Show);

        var plan = praxis.MapGroup("").For(Right.Plan);
        plan.MapGet("/neu", PhonePages.Show);
        plan.MapPost("/neu", PhonePages.Book);
        plan.MapPost("/serie", SeriesPages.Plan);
        plan.MapPost("/serie/{id}/absage", SeriesPages.Cancel);
        plan.MapPost("/anfragen/{id}/entscheidung", RequestPages.Decide);
        plan.MapPost("/pause", PausePages.Begin);
        plan.MapPost("/pause/ende", PausePages.End);

        var manage = praxis.MapGroup("").For(Right.Manage);
        manage.MapPost("/reserve", ReservePages.Add);
        manage.MapPost("/reserve/{id}/loeschung", ReservePages.Remove);
    }
}
