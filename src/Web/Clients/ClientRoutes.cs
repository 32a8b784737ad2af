using VetBooking.Web.Clients.Animals;
using VetBooking.Web.Clients.Busy;
using VetBooking.Web.Clients.Comparing;
using VetBooking.Web.Clients.Csv;
using VetBooking.Web.Clients.Feeds;
using VetBooking.Web.Clients.Owners;
using VetBooking.Web.Protection;
using VetBooking.Web.SignIn;
using VetBooking.Web.Sovereignty.Disclosure;
using VetBooking.Web.Sovereignty.Erasure;
using VetBooking.Web.Sovereignty.OwnData;

namespace VetBooking.Web.Clients;

/// <summary>The addresses of clients, what comes in and goes out about them, and calendars.</summary>
internal static class ClientRoutes
{
    public static void Map(RouteGroupBuilder praxis)
    {
        var read = praxis.MapGroup("").For(Right.Read);
        read.MapGet("/kunden", OwnerPages.List);
        read.MapGet("/kunden/{id}", OwnerPages.Show);
        read.MapGet("/tiere/{id}", AnimalRecordPages.Show);

        var plan = praxis.MapGroup("").For(Right.Plan);
        plan.MapGet("/kunden/neu", OwnerPages.AskNew);
        plan.MapPost("/kunden/neu", OwnerPages.Add);
        plan.MapGet("/kunden/{id}/daten", OwnerPages.AskChange);
        plan.MapPost("/kunden/{id}/daten", OwnerPages.Save);
        plan.MapPost("/kunden/{id}/loeschung", OwnerPages.Delete);
        plan.MapGet("/kunden/{id}/tiere/neu", AnimalRecordPages.AskNew);
        plan.MapPost("/kunden/{id}/tiere/neu", AnimalRecordPages.Add);
        plan.MapGet("/tiere/{id}/daten", AnimalRecordPages.AskChange);
        plan.MapPost("/tiere/{id}/daten", AnimalRecordPages.Save);
        plan.MapGet("/tiere/{id}/abschied", DeparturePages.Ask);
        plan.MapPost("/tiere/{id}/abschied", DeparturePages.Note);
        plan.MapPost("/tiere/{id}/halter", Ownership.Change);
        plan.MapPost("/tiere/{id}/halter/suche", Ownership.Search);

        read.MapGet("/kunden/abgleich", ComparisonPages.List);
        read.MapGet("/kunden/abgleich/{id}", ComparisonPages.Show);
        plan.MapPost("/kunden/abgleich/{id}", ComparisonPages.Decide);
        plan.MapGet("/kunden/{id}/zusammenlegung", MergePages.Ask);
        plan.MapPost("/kunden/{id}/zusammenlegung/suche", MergePages.Search);
        plan.MapGet("/kunden/{id}/zusammenlegung/{other}", MergePages.Compare);
        plan.MapPost("/kunden/{id}/zusammenlegung/{other}", MergePages.Merge);
        plan.MapPost("/kunden/{id}/trennung", MergePages.TakeBack);
        plan.MapPost("/kunden/{id}/wunsch/{request}", DataRequestPages.Decide);

        var calendars = praxis.MapGroup("/kalender").For(Right.Manage);
        calendars.MapGet("", FeedPages.Show);
        calendars.MapPost("/abo", FeedPages.Make);
        calendars.MapPost("/abo/{id}/widerruf", FeedPages.Revoke);
        calendars.MapPost("/belegt", BusyPages.Add);
        calendars.MapPost("/belegt/{id}/abruf", BusyPages.Fetch);
        calendars.MapPost("/belegt/{id}/loeschung", BusyPages.Remove);

        // A whole card index goes in or out: only for who has just shown who they are.
        var transfer = praxis.MapGroup("/kunden").For(Right.Manage, proved: true);
        transfer.MapGet("/uebernahme", ImportPages.Start);
        transfer.MapPost("/uebernahme", ImportPages.Stage).WithMetadata(ImportPages.Upload);
        transfer.MapGet("/uebernahme/{id}", ImportPages.Review);
        transfer.MapPost("/uebernahme/{id}/spalten", ImportPages.Map);
        transfer.MapPost("/uebernahme/{id}/import", ImportPages.Import);
        transfer.MapPost("/uebernahme/{id}/verwerfen", ImportPages.Discard);
        transfer.MapGet("/uebernahme/{id}/ruecknahme", ImportPages.AskUndo);
        transfer.MapPost("/uebernahme/{id}/ruecknahme", ImportPages.Undo);
        transfer.MapPost("/export", ImportPages.Export);

        // All that is known of somebody goes out: the same.
        transfer.MapGet("/{id}/auskunft", DisclosurePages.Ask);
        transfer.MapPost("/{id}/auskunft", DisclosurePages.Fetch);

        // Who is erased is gone for good: the same.
        transfer.MapGet("/{id}/vergessen", ErasurePages.Ask);
        transfer.MapPost("/{id}/vergessen", ErasurePages.Erase);
        transfer.MapPost("/{id}/sperre", ErasurePages.Hold);
        praxis.MapGroup("/loeschungen").For(Right.Manage).MapGet("/{id}", ErasurePages.Certificate);
    }
}
