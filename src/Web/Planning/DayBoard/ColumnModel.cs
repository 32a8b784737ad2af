using System.Globalization;
using Microsoft.AspNetCore.Html;
using NodaTime;
using VetBooking.Scheduling;
using VetBooking.Scheduling.Flow;
using VetBooking.Web.Booking;
using VetBooking.Web.Clients.Animals;
using VetBooking.Web.SignIn;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Planning;

/// <summary>One column as it is written.</summary>
public sealed record ColumnModel(Staff Staff, BoardColumn Column, bool IsWeek)
{
    private readonly DateTimeZone zone = Staff.Book.Practice.Zone;

    public Text T => Staff.T;

    /// <summary>The column by a word that fits into ids.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Column.Resource}-{Column.Date:MMdd}");

    public string Date => NodaTime.Text.LocalDatePattern.Iso.Format(Column.Date);

    public string Name => Staff.Visitor.Profile.NameOf(Column.Resource);

    /// <summary>What is written under the name: the role of a person, the kind of anything else.</summary>
    public string Sub
    {
        get
        {
            if (Staff.Visitor.Profile.Team.FirstOrDefault(one => one.Id == Column.Resource) is { Role.Length: > 0 } member) return member.Role;
            var kind = Staff.Book.Practice.Resources.FirstOrDefault(one => one.Id == Column.Resource)?.Kind ?? ResourceKind.Person;
            return T.DiaryKind(kind.ToString());
        }
    }

    /// <summary>Whether its gaps lead to a new appointment.</summary>
    public bool CanAdd => Staff.May(Right.Plan) && Column.Date >= Staff.Visitor.Today;

    /// <summary>Everything in the column in the order of time, so that a keyboard and a screen reader meet it so.</summary>
    public IEnumerable<object> Items =>
        Column.Layers.Select(one => (From: one.Range.From, Item: (object)one))
            .Concat(Column.Entries.Select(one => (From: one.Entry.Visit.From, Item: (object)one)))
            .Concat(Column.Blocks.Select(one => (From: one.Range.From, Item: (object)one)))
            .Concat(Column.Patches.Select(one => (From: one.Range.From, Item: (object)one)))
            .OrderBy(one => one.From).Select(one => one.Item);

    /// <summary>The classes for a stretch, cut to what the column shows.</summary>
    public string Place(CellRange range)
    {
        var from = Math.Max(range.From, Column.Shown.From);
        return BoardPlaces.Class(from - Column.Shown.From, Math.Min(range.To, Column.Shown.To) - from);
    }

    /// <summary>For scripts: the whole stretch, where the column shows only part of it.</summary>
    public HtmlString CutAt(CellRange range) => range.From >= Column.Shown.From && range.To <= Column.Shown.To ? HtmlString.Empty
        : new HtmlString(string.Create(CultureInfo.InvariantCulture, $"data-s=\"{range.From - Column.Shown.From}\" data-d=\"{range.Length}\""));

    public string Link(BoardEntry entry) => string.Create(CultureInfo.InvariantCulture, $"/praxis/termin/{entry.Id}");

    public string BlockLink(BoardBlock block) => string.Create(CultureInfo.InvariantCulture, $"/praxis/sperre/{block.Id}");

    public string Clock(int cell) => Cells.Start(cell).InZone(zone).TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What people read: in the hour that comes twice in autumn the second time has an asterisk.</summary>
    public string Shown(int cell) => IsEven() ? Clock(cell) : Shown(zone, cell);

    public static string Shown(DateTimeZone zone, int cell)
    {
        var wall = WallTime.Of(Cells.Start(cell), zone);
        return wall.Time.ToString("HH:mm", CultureInfo.InvariantCulture) + (wall.Twice == Twice.Second ? "*" : "");
    }

    /// <summary>In a week, the hours that are not where they are on its other days, because the clocks have changed.</summary>
    public IEnumerable<(int Row, string Time)> OwnHours
    {
        get
        {
            if (!IsWeek || IsEven()) yield break;
            var begins = MinuteOf(Column.Shown.From);
            for (var row = 1; row < Column.Shown.Length; row++)
            {
                var minute = MinuteOf(Column.Shown.From + row);
                if (minute % 60 == 0 && minute != begins + row * Cells.Minutes) yield return (row, Shown(Column.Shown.From + row));
            }
        }
    }

    /// <summary>Where the link in a gap leads.</summary>
    public string New(CellRange gap) => Staff.Visitor.Url("/praxis/neu", ("tag", Date), ("um", Clock(gap.From)), ("bei", Column.Resource));

    /// <summary>How an appointment looks: by what it is for, by its state, by its size.</summary>
    public string Look(Placed one)
    {
        var entry = one.Entry;
        var (types, type) = (Staff.Book.Practice.VisitTypes, 0);
        while (type < types.Length && types[type].Id != entry.VisitType) type++;
        return $"ev t{type % 6} {StateOf(entry)}{(entry.Visit.Length < 3 ? " sm" : entry.Visit.Length < 5 ? " ln" : "")}{(entry.IsEmergency ? " not" : "")}{(entry.IsSqueezed ? " ein" : "")}";
    }

    /// <summary>The state as a word for the style sheet and the texts.</summary>
    public static string StateOf(BoardEntry entry) => (entry.State, entry.Step) switch
    {
        (VisitState.Booked, Step.Arrived) => "arrived",
        (VisitState.Booked, Step.Called) => "called",
        (VisitState.Booked, Step.InRoom) => "in-room",
        (VisitState.Booked, Step.Done) => "done",
        (VisitState.Booked, Step.NoShow) => "no-show",
        _ => Appointment.Word(entry.State),
    };

    /// <summary>What must be told apart, in words: the state unless it is the usual one, emergency, squeezed in.</summary>
    public string Marks(BoardEntry entry)
    {
        var t = T;
        var marks = new List<string>(3);
        if (entry.IsEmergency) marks.Add(t.DiaryEmergency);
        if (StateOf(entry) is not "booked" and var state) marks.Add(t.DiaryState(state));
        if (entry.IsSqueezed) marks.Add(t.DiarySqueezed);
        return marks.Count == 0 ? "" : " · " + string.Join(" · ", marks);
    }

    public string TypeName(BoardEntry entry) => Staff.Visitor.Profile.VisitType(T.Language, entry.VisitType).Name;

    public string Animals(BoardEntry entry) => string.Join(", ", entry.Animals.Select(one => one.Name));

    public string Warnings(BoardEntry entry) => Behaviour.Line(T, entry.Behaviour, entry.Animals.Count);

    public string Species(BoardEntry entry) => string.Join(", ", entry.Animals.Select(one => Wording.Species(T, one.Species)).Distinct());

    /// <summary>The last word of a name as it was typed: what a reception looks for first.</summary>
    public static string Surname(string owner) => owner[(owner.LastIndexOf(' ') + 1)..];

    /// <summary>What lies behind a stretch, in a word for the eye and a sentence for the ear.</summary>
    public (string Word, string Sentence) Layer(BoardLayer layer) => layer.Kind == LayerKind.HeldBack
        ? (T.DiaryLayerHeldBack, T.DiaryLayerHeldBackFor(Shown(layer.Range.From), Shown(layer.Range.To)))
        : (T.DiaryLayerElsewhere, T.DiaryLayerElsewhereFor(Shown(layer.Range.From), Shown(layer.Range.To)));

    public string Ground(Patch patch) => patch.Ground switch
    {
        Planning.Ground.Break => T.DiaryGroundBreak,
        Planning.Ground.Away => T.DiaryGroundAway,
        Planning.Ground.Buffer => T.DiaryGroundBuffer,
        _ => T.DiaryGroundClosed,
    };

    /// <summary>
    /// Which wall time a row is, for scripts: pairs of the first row and its minute of the day. More than one only on days
    /// on which the clocks change.
    /// </summary>
    public string Clocks
    {
        get
        {
            var pairs = new List<string>();
            var expected = -1;
            for (var cell = Column.Shown.From; cell < Column.Shown.To; cell++, expected += Cells.Minutes)
            {
                var minute = MinuteOf(cell);
                if (minute == expected) continue;
                pairs.Add(string.Create(CultureInfo.InvariantCulture, $"{cell - Column.Shown.From}:{minute}"));
                expected = minute;
                // An even day has no second pair: looking at its 288 cells would cost more than all else.
                if (IsEven()) break;
            }
            return string.Join(' ', pairs);
        }
    }

    private int MinuteOf(int cell)
    {
        var wall = Cells.Start(cell).InZone(zone);
        return wall.Hour * 60 + wall.Minute;
    }

    private bool IsEven() => (zone.AtStartOfDay(Column.Date.PlusDays(1)).ToInstant() - zone.AtStartOfDay(Column.Date).ToInstant()) == Duration.FromHours(24);
}
