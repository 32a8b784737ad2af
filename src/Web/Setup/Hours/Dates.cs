using NodaTime;
using VetBooking.Web.Setup.Forms;
using VetBooking.Web.Texts;

namespace VetBooking.Web.Setup.Hours;

/// <summary>Dates from and to, in words and in order.</summary>
internal static class Dates
{
    /// <summary>From when to when something holds.</summary>
    public static string Range(Text t, LocalDate? from, LocalDate? to) => (from, to) switch
    {
        ({ } first, { } last) when first == last => t.SettingsDate(first),
        ({ } first, { } last) => t.SettingsRange(first, last),
        ({ } first, null) => t.SettingsSince(first),
        (null, { } last) => t.SettingsUntil(last),
        _ => t.SettingsAlways,
    };

    /// <summary>Says so in the form if the end lies before the beginning.</summary>
    public static void InOrder(SettingForm form, LocalDate? from, LocalDate? to)
    {
        if (from > to) form.Wrong("bis", form.T.SettingsWrongOrder);
    }
}
