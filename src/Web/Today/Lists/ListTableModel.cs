namespace VetBooking.Web.Today.Lists;

/// <summary>The appointments of a list, in one table or in one for each person.</summary>
public sealed record ListTableModel(DayList List, bool ByPerson);
