namespace VetBooking.Tests.Browser;

/// <summary>From the first page to a cancellation taken back, in every kind of browser people come with.</summary>
public sealed class WholeFlowTests(Stage stage) : IClassFixture<Stage>
{
    /// <summary>Every pair of scripts, screen and colours once.</summary>
    public static TheoryData<bool, bool, bool> Matrix => new() { { true, true, true }, { true, false, false }, { false, true, false }, { false, false, true } };

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
