namespace VetBooking.Scheduling;

/// <summary>Every public holiday some German Land has, in the order of the year.</summary>
public enum Holiday
{
    /// <summary>Neujahr, 1 January.</summary>
    NewYear,

    /// <summary>Heilige Drei Könige, 6 January.</summary>
    Epiphany,

    /// <summary>Internationaler Frauentag, 8 March.</summary>
    WomensDay,

    /// <summary>Karfreitag, two days before Easter Sunday.</summary>
    GoodFriday,

    /// <summary>Ostersonntag.</summary>
    EasterSunday,

    /// <summary>Ostermontag.</summary>
    EasterMonday,

    /// <summary>Tag der Arbeit, 1 May.</summary>
    LabourDay,

    /// <summary>Tag der Befreiung, 8 May; only where and when a law says so for one year.</summary>
    LiberationDay,

    /// <summary>Christi Himmelfahrt, 39 days after Easter Sunday.</summary>
    Ascension,

    /// <summary>Pfingstsonntag.</summary>
    WhitSunday,

    /// <summary>Pfingstmontag.</summary>
    WhitMonday,

    /// <summary>Fronleichnam, 60 days after Easter Sunday.</summary>
    CorpusChristi,

    /// <summary>75 years since the uprising of 17 June 1953; once, in 2028.</summary>
    PeacefulUprising1953,

    /// <summary>Augsburger Hohes Friedensfest, 8 August.</summary>
    PeaceFestival,

    /// <summary>Mariä Himmelfahrt, 15 August.</summary>
    Assumption,

    /// <summary>Weltkindertag, 20 September.</summary>
    ChildrensDay,

    /// <summary>Tag der Deutschen Einheit, 3 October.</summary>
    GermanUnity,

    /// <summary>Reformationstag, 31 October.</summary>
    Reformation,

    /// <summary>Allerheiligen, 1 November.</summary>
    AllSaints,

    /// <summary>Buß- und Bettag, the Wednesday before 23 November.</summary>
    RepentanceDay,

    /// <summary>1. Weihnachtstag, 25 December.</summary>
    Christmas,

    /// <summary>2. Weihnachtstag, 26 December.</summary>
    SecondChristmas,
}
