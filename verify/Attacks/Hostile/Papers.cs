using System.Text;
using MimeKit;

namespace VetBooking.Verify.Attacks.Hostile;

/// <summary>Reads what leaves the practice as the programs do that get it: mails, calendar files, tables.</summary>
internal static class Papers
{
    private static readonly string[] MailHeaders =
    [
        "From", "To", "Reply-To", "Subject", "Date", "Message-Id", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language",
        "List-Unsubscribe", "List-Unsubscribe-Post",
    ];

    private static readonly string[] Properties =
    [
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "ORGANIZER", "URL", "STATUS", "TRANSP",
        "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "CLASS", "LAST-MODIFIED",
    ];

    /// <summary>What is wrong with a mail: another recipient, another header, another part than mails have.</summary>
    public static List<string> Mail(string file, byte[] bytes)
    {
        var found = new List<string>();
        using var message = MimeMessage.Load(new MemoryStream(bytes));
        if (message.To.Mailboxes.Count() != 1 || message.To.Count != 1) found.Add($"{file}: {message.To.Count} recipients");
        if (message.Cc.Count + message.Bcc.Count > 0) found.Add($"{file}: a copy to {message.Cc}{message.Bcc}");
        if (message.From.Count != 1 || message.ReplyTo.Count > 1) found.Add($"{file}: {message.From.Count} senders");
        if (message.To.Mailboxes.Concat(message.From.Mailboxes).Any(box => box.Name is { } name && name.Any(char.IsControl))) found.Add($"{file}: a control character in a name");
        found.AddRange(message.Headers.GroupBy(header => header.Field, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => $"{file}: two headers {group.Key}"));
        found.AddRange(Entities(message.Body).SelectMany(part => part.Headers).Concat(message.Headers).Where(header => !MailHeaders.Contains(header.Field, StringComparer.OrdinalIgnoreCase)).Select(header => $"{file}: a header {header.Field}"));
        var parts = message.BodyParts.Select(part => part.ContentType.MimeType).ToList();
        if (string.Join(' ', parts) is not ("text/plain text/html" or "text/plain text/html text/calendar")) found.Add($"{file}: parts {string.Join(' ', parts)}");
        if (message.Subject is { } subject && subject.Any(char.IsControl)) found.Add($"{file}: a control character in the subject");
        var calendar = message.BodyParts.OfType<TextPart>().FirstOrDefault(part => part.ContentType.IsMimeType("text", "calendar"));
        if (calendar is { Content: { } content })
        {
            using var file2 = new MemoryStream();
            content.DecodeTo(file2);
            found.AddRange(Calendar(file, file2.ToArray(), 1));
        }
        return found;
    }

    /// <summary>What is wrong with a calendar file; with a number, exactly so many events must be in it.</summary>
    public static List<string> Calendar(string name, byte[] bytes, int? events)
    {
        var found = new List<string>();
        var text = Encoding.UTF8.GetString(bytes).Replace("\r\n ", "", StringComparison.Ordinal).Replace("\r\n\t", "", StringComparison.Ordinal);
        var lines = text.Split("\r\n");
        if (lines[^1].Length > 0) found.Add($"{name}: does not end with a line");
        foreach (var line in lines.SkipLast(1))
        {
            var property = line.Split(':', ';')[0];
            if (!Properties.Contains(property)) found.Add($"{name}: a line that begins with {property}");
            if (line.Any(one => char.IsControl(one) && one != '\t')) found.Add($"{name}: a control character in {property}");
        }
        var (begun, ids) = (lines.Count(line => line == "BEGIN:VEVENT"), lines.Where(line => line.StartsWith("UID:", StringComparison.Ordinal)).Distinct().Count());
        if (begun != ids || lines.Count(line => line == "END:VEVENT") != begun || (events is { } wanted && begun != wanted)) found.Add($"{name}: {begun} events with {ids} names");
        if (lines.Any(line => line.StartsWith("BEGIN:", StringComparison.Ordinal) && line is not ("BEGIN:VEVENT" or "BEGIN:VCALENDAR"))) found.Add($"{name}: another component");
        return found;
    }

    /// <summary>What is wrong with a table: a cell that is a formula, a row that is too long or too short, rows too many or too few.</summary>
    public static List<string> Table(string name, string text, char delimiter, int columns, long rows)
    {
        var found = new List<string>();
        var all = Rows(text.TrimStart('\uFEFF'), delimiter);
        if (all.Count != rows + 1) found.Add($"{name}: {all.Count - 1} rows, not {rows}");
        found.AddRange(all.Where(row => row.Count != columns).Select(row => $"{name}: a row of {row.Count} cells, not {columns}"));
        found.AddRange(all.SelectMany(row => row).Where(cell => cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠').Select(cell => $"{name}: a formula {cell}"));
        return found;
    }

    /// <summary>A table's cells (RFC 4180).</summary>
    private static List<List<string>> Rows(string text, char delimiter)
    {
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var one = text[i];
            if (quoted && one == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
            else if (one == '"') quoted = !quoted;
            else if (!quoted && one == delimiter) Cell();
            else if (!quoted && one == '\n')
            {
                Cell();
                rows.Add(row);
                row = [];
            }
            else if (quoted || one != '\r') cell.Append(one);
        }
        return rows;

        void Cell()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }
    }

    private static IEnumerable<MimeEntity> Entities(MimeEntity? entity) => entity switch { null => [], Multipart many => many.SelectMany(Entities).Prepend(many), _ => [entity] };
}
