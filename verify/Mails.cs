using System.Net;
using System.Text.RegularExpressions;
using MimeKit;

namespace VetBooking.Verify;

/// <summary>A mail as it lies in the outbox folder.</summary>
internal sealed record Mail(string File, string To, string Subject, string Text, string Html, string Calendar)
{
    /// <summary>The capability in the link to the appointment; empty if there is no such link.</summary>
    public string Token => Mails.TokenIn(Text);
}

internal static partial class Mails
{
    /// <summary>All mails, oldest first.</summary>
    public static List<Mail> Read(string data)
    {
        var folder = new DirectoryInfo(Path.Combine(data, "outbox"));
        if (!folder.Exists) return [];
        return [.. folder.EnumerateFiles("*.eml").OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name).Select(Read).OfType<Mail>()];
    }

    /// <summary>Waits for the newest mail to an address beyond those already seen.</summary>
    public static async Task<Mail> WaitFor(string data, string address, int seen = 0) =>
        await LookFor(data, address, seen, 20) ?? throw new TimeoutException($"No mail for {address} within 20 s.");

    /// <summary>The same, but null if none comes in time.</summary>
    public static async Task<Mail?> LookFor(string data, string address, int seen, int seconds)
    {
        for (var attempt = 0; attempt < seconds * 20; attempt++)
        {
            var mails = Read(data).Where(mail => mail.To == address).ToList();
            if (mails.Count > seen) return mails[^1];
            await Task.Delay(50);
        }
        return null;
    }

    public static string TokenIn(string text) => AppointmentLink().Match(text).Groups[1].Value;

    /// <summary>Every address in every part, the calendar file's included.</summary>
    public static IEnumerable<string> Links(Mail mail) =>
        Address().Matches(mail.Text).Concat(Address().Matches(WebUtility.HtmlDecode(mail.Html))).Concat(Address().Matches(mail.Calendar))
            .Select(match => match.Value.TrimEnd('.', ',', ')', ';', ':')).Distinct();

    /// <summary>What a person reads on a page.</summary>
    public static string VisibleText(string html) =>
        White().Replace(WebUtility.HtmlDecode(Tag().Replace(Invisible().Replace(html, " "), " ")), " ");

    /// <summary>Null if it is not whole yet.</summary>
    public static Mail? Read(FileInfo file)
    {
        try
        {
            using var message = MimeMessage.Load(file.FullName);
            var calendar = message.BodyParts.OfType<TextPart>().FirstOrDefault(part => part.ContentType.IsMimeType("text", "calendar"))?.Text
                ?? message.BodyParts.OfType<MimePart>().Where(part => part.FileName?.EndsWith(".ics", StringComparison.OrdinalIgnoreCase) == true)
                    .Select(Content).FirstOrDefault() ?? "";
            // Long lines of a calendar file are folded; unfolded they can be searched.
            calendar = calendar.ReplaceLineEndings("\n").Replace("\n ", "", StringComparison.Ordinal).Replace("\n\t", "", StringComparison.Ordinal);
            return new Mail(file.Name, message.To.Mailboxes.FirstOrDefault()?.Address ?? "", message.Subject ?? "",
                message.TextBody ?? "", message.HtmlBody ?? "", calendar);
        }
        catch (Exception half) when (half is FormatException or IOException)
        {
            // Still being written; it is there at the next look.
            return null;
        }
    }

    private static string Content(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content?.DecodeTo(bytes);
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    [GeneratedRegex("/termin/([A-Za-z0-9_-]{16,})")]
    private static partial Regex AppointmentLink();

    [GeneratedRegex("""https?://[^\s"'<>\\]+""")]
    private static partial Regex Address();

    [GeneratedRegex("(?is)<(script|style|head)\\b.*?</\\1>")]
    private static partial Regex Invisible();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex White();
}
