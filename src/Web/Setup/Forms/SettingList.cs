using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;

namespace VetBooking.Web.Setup.Forms;

/// <summary>A page of the settings that lists what there is, each row leading to its form.</summary>
public sealed record SettingList(Staff Staff, string Title)
{
    public string Lead { get; init; } = "";

    /// <summary>The tables of the page, usually one.</summary>
    public List<SettingTable> Tables { get; } = [];

    /// <summary>What the page leads to beside its rows, the first one most of all.</summary>
    public List<(string Url, string Words)> Links { get; } = [];

    /// <summary>A button that acts at once, with where it is sent and what it says; null if there is none.</summary>
    public (string Url, string Words)? Button { get; init; }

    /// <summary>What the button is about.</summary>
    public string ButtonLead { get; init; } = "";

    internal IResult Show() => Page.Ok(ListPage.Create(this));
}

/// <summary>A table of such a page. The first cell of a row is its heading, and a link if the row leads somewhere.</summary>
public sealed record SettingTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<SettingRow> Rows);

/// <summary>A row: where it leads, if anywhere, and its cells.</summary>
public sealed record SettingRow(string? Url, params string[] Cells);
