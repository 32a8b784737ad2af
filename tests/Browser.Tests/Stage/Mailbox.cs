using System.Text.RegularExpressions;
using MimeKit;

namespace VetBooking.Tests.Browser;

/// <summary>The folder a practice without a relay puts its mail into.</summary>
internal static partial class Mailbox
{
    /// <summary>The secret part of the link in the first mail to an address, or in a later one; waits for it up to ten seconds.</summary>
    public static async Task<string> LinkFor(PracticeServer practice, string address, string way = "termin", int before = 0)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var left = before;
            foreach (var file in Files(practice))
            {
                using var mail = await MimeMessage.LoadAsync(file);
                if (mail.To.Mailboxes.Any(box => box.Address == address) && Link().Match(mail.TextBody ?? "") is { Success: true } link && link.Groups[1].Value == way && left-- == 0) return link.Groups[2].Value;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException($"No mail with a link came to {address} within 10 s.");
    }

    private static IEnumerable<string> Files(PracticeServer practice)
    {
        var folder = Path.Combine(practice.Data, "outbox");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal) : [];
    }

    [GeneratedRegex("/(termin|warteliste)/([A-Za-z0-9_-]{16,})")]
    private static partial Regex Link();
}
