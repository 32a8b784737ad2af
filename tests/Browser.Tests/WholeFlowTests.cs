namespace VetBooking.Tests.Browser;

/// <summary>From the first page to a cancellation taken back, in every kind of browser people come with.</summary>
public sealed class WholeFlowTests(Stage stage)
{
    public static TheoryData<bool, bool, bool> Matrix =>
        [.. from scripts in new[] { true, false } from phone in new[] { true, false } from dark in new[] { false, true } select (scripts, phone, dark)];

    [BrowserTheory]
    [MemberData(nameof(Matrix))]
    public async Task An_owner_books_confirms_moves_cancels_and_takes_it_back(bool scripts, bool phone, bool dark)
    {
        await using var owner = await stage.Owner((phone ? Device.Phone : Device.Desktop) with { Scripts = scripts, Dark = dark });
        var inspection = new Inspection(owner);
        await Journey.Walk(owner, inspection.Look);
        inspection.NothingIsWrong();
    }
}
