using Microsoft.AspNetCore.Html;

namespace VetBooking.Web.Shared;

/// <summary>The line drawings on the pages. Always decoration: the words beside them say the same.</summary>
internal static class Icons
{
    public static readonly HtmlString Paw = Draw("M12 11.2c-2.6 0-5.3 2.6-5.3 5.2 0 1.7 1.2 2.6 2.7 2.6 1 0 1.7-.5 2.6-.5s1.6.5 2.6.5c1.5 0 2.7-.9 2.7-2.6 0-2.6-2.7-5.2-5.3-5.2zM5 8.6c1 0 1.9 1.1 1.9 2.4S6 13.3 5 13.3s-1.8-1-1.8-2.3S4 8.6 5 8.6zm14 0c1 0 1.8 1.1 1.8 2.4s-.8 2.3-1.8 2.3-1.9-1-1.9-2.3.9-2.4 1.9-2.4zM9.2 4.4c1.1 0 2 1.2 2 2.7s-.9 2.6-2 2.6-2-1.1-2-2.6.9-2.7 2-2.7zm5.6 0c1.1 0 2 1.2 2 2.7s-.9 2.6-2 2.6-2-1.1-2-2.6.9-2.7 2-2.7z");
    public static readonly HtmlString Phone = Draw("M5 4h4l1.5 5-2.3 1.6a12 12 0 0 0 5.2 5.2L15 13.5l5 1.5v4a1.5 1.5 0 0 1-1.6 1.5A16.5 16.5 0 0 1 3.5 5.6 1.5 1.5 0 0 1 5 4z");
    public static readonly HtmlString Back = Draw("M15 5l-7 7 7 7");
    public static readonly HtmlString Warning = Draw("M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2v.1");
    public static readonly HtmlString Check = Draw("M5 12.5l4.5 4.5L19 7");
    public static readonly HtmlString Calendar = Draw("M4 6h16v14H4zM4 10.5h16M8 3.5v4M16 3.5v4");
    public static readonly HtmlString Clock = Draw("M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2");
    public static readonly HtmlString Key = Draw("M14.5 4a5.5 5.5 0 1 0 1.6 10.8L18 13h2v-2h-1.2A5.5 5.5 0 0 0 14.5 4zM10 13l-6 6v1.5h3v-2h2v-2h1.5l1.5-1.5M15.8 8.2v.1");

    private static HtmlString Draw(string path) => new($"<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>");
}
