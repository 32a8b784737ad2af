namespace VetBooking.Scheduling;

/// <summary>The sixteen German Länder by their official abbreviations, each with the law that names its holidays.</summary>
public enum Land
{
    /// <summary>Baden-Württemberg: Gesetz über die Sonntage und Feiertage (Feiertagsgesetz – FTG).</summary>
    BW,

    /// <summary>Bavaria: Gesetz über den Schutz der Sonn- und Feiertage (Feiertagsgesetz – FTG).</summary>
    BY,

    /// <summary>Berlin: Gesetz über die Sonn- und Feiertage.</summary>
    BE,

    /// <summary>Brandenburg: Gesetz über die Sonn- und Feiertage (Feiertagsgesetz – FTG).</summary>
    BB,

    /// <summary>Bremen: Gesetz über die Sonn- und Feiertage.</summary>
    HB,

    /// <summary>Hamburg: Gesetz über Sonntage, Feiertage, Gedenktage und Trauertage (Feiertagsgesetz).</summary>
    HH,

    /// <summary>
    /// Hesse: Hessisches Feiertagsgesetz (HFeiertagsG). It calls every Sunday a holiday and so does not name Easter and Whit Sunday.
    /// </summary>
    HE,

    /// <summary>Mecklenburg-Vorpommern: Gesetz über Sonn- und Feiertage (Feiertagsgesetz Mecklenburg-Vorpommern – FTG M-V).</summary>
    MV,

    /// <summary>Lower Saxony: Niedersächsisches Gesetz über die Feiertage (NFeiertagsG).</summary>
    NI,

    /// <summary>North Rhine-Westphalia: Gesetz über die Sonn- und Feiertage (Feiertagsgesetz NW).</summary>
    NW,

    /// <summary>Rhineland-Palatinate: Landesgesetz über den Schutz der Sonn- und Feiertage (Feiertagsgesetz – LFtG).</summary>
    RP,

    /// <summary>Saarland: Gesetz Nr. 1040 über die Sonn- und Feiertage (Feiertagsgesetz – SFG).</summary>
    SL,

    /// <summary>Saxony: Gesetz über Sonn- und Feiertage im Freistaat Sachsen (SächsSFG).</summary>
    SN,

    /// <summary>Saxony-Anhalt: Gesetz über die Sonn- und Feiertage (FeiertG LSA).</summary>
    ST,

    /// <summary>Schleswig-Holstein: Gesetz über Sonn- und Feiertage (SFTG).</summary>
    SH,

    /// <summary>Thuringia: Thüringer Feier- und Gedenktagsgesetz (ThürFGtG).</summary>
    TH,
}
