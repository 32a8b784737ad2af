namespace VetBooking.Web.Messages;
/// <summary>Stub.</summary>
public sealed class MailSignal { public void Ring() { } }
/// <summary>Stub.</summary>
public static class CalendarFile { public static string For(params object[] all) => all.Length.ToString(System.Globalization.CultureInfo.InvariantCulture); }
