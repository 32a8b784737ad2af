using System.Text;

namespace VetBooking.Verify.Attacks.Hostile;

/// <summary>The same checks, each given something that is broken on purpose: each must find it.</summary>
internal static class Controls
{
    private const string Policy = "default-src 'none'";

    private const string Calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1@own.example\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private const string Letter = "From: a@own.example\r\nTo: b@own.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b\r\nContent-Type: text/html\r\n\r\nx\r\n--b--\r\n";

    public static async Task Try(Report report)
    {
        void Must(string what, bool found) => report.Check($"negative control: {what}", found);
        List<string> Mail(string text) => Papers.Mail("forged", Encoding.UTF8.GetBytes(text));
        List<string> Ics(string text) => Papers.Calendar("forged", Encoding.UTF8.GetBytes(text), 1);

        Must("a mail that is right is not complained about", Mail(Letter).Count == 0);
        Must("a mail with a Bcc", Mail(Letter.Replace("Subject", "Bcc: eve@evil.example\r\nSubject", StringComparison.Ordinal)).Count > 0);
        Must("a mail to two", Mail(Letter.Replace("b@own.example", "b@own.example, eve@evil.example", StringComparison.Ordinal)).Count > 0);
        Must("a mail with a header of somebody else's", Mail(Letter.Replace("Subject", "X-vbmark: 1\r\nSubject", StringComparison.Ordinal)).Count > 0);
        Must("a calendar file that is right is not complained about", Ics(Calendar).Count == 0);
        Must("a calendar file with two events", Ics(Calendar.Replace("SUMMARY:x", "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:2", StringComparison.Ordinal)).Count > 0);
        Must("a calendar file with an attachment", Ics(Calendar.Replace("SUMMARY:x", "ATTACH:http://evil.example/", StringComparison.Ordinal)).Count > 0);
        Must("a calendar file with a line that ends alone", Ics(Calendar.Replace("SUMMARY:x", "SUMMARY:x\ny", StringComparison.Ordinal)).Count > 0);
        Must("a table that is right is not complained about", Papers.Table("forged", "a;b\r\n1;\"'=1\"\r\n", ';', 2, 1).Count == 0);
        Must("a table with a formula", Papers.Table("forged", "a;b\r\n1;\"=1\"\r\n", ';', 2, 1).Count > 0);
        Must("a table with a row too many", Papers.Table("forged", "a;b\r\n1;2\r\n3;4\r\n", ';', 2, 1).Count > 0);

        bool Judged(Reply reply)
        {
            var judge = new Judge(new HashSet<string> { "Content-Type" });
            judge.See("forged", new Payload("forged", "x"), reply, "own.example");
            return !judge.Findings.IsEmpty;
        }
        Must("an answer that is right is not complained about", !Judged(new Reply(200, [("Content-Type", "text/html")], "<p>&lt;img onerror=vbmark(1)&gt;</p>")));
        Must("an answer 500", Judged(new Reply(500, [], "")));
        Must("an answer 505 to a whole line", Judged(new Reply(505, [], "")));
        Must("a dropped connection", Judged(new Reply(0, [], "")));
        Must("a header that came with a payload", Judged(new Reply(200, [("X-vbmark", "1")], "")));
        Must("a way to another host", Judged(new Reply(303, [("Location", "//evil.example/")], "")));
        Must("a payload that is not escaped in an answer", Judged(new Reply(200, [("Content-Type", "text/html")], "<p><img src=x onerror=vbmark(1)></p>")));

        async Task<bool> Seen(string html, string policy, string sign)
        {
            await using var sight = await Sight.Open("own.example");
            await sight.LookAtForged(html, policy);
            return sign.Length == 0 ? sight.Findings.IsEmpty : sight.Findings.Any(one => one.Contains(sign, StringComparison.Ordinal));
        }
        Must("a page that is right is not complained about", await Seen("<p>&lt;img src=x onerror=vbmark(1)&gt;</p>", Policy, ""));
        Must("a page on which a payload runs", await Seen("<img src=x onerror=vbmark(1)>", "", "ran vbmark(1)"));
        Must("a page on which only the policy stops a payload", await Seen("<script>vbmark(1)</script>", Policy, "against its policy"));
        Must("a page with a dialog", await Seen("<script>alert(1)</script>", "", "a dialog"));
        Must("a page that asks another host", await Seen("<img src=//evil.example/1.png>", "", "asks another host"));
        Must("a page with an address that runs", await Seen("<a href=' javascript:vbmark(1)'>x</a>", Policy, "holds a href"));
    }
}
