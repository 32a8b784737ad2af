using System.CommandLine;
using NodaTime;
using NodaTime.Text;
using VetBooking.Web.Booking;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn.Invited;
using VetBooking.Web.SignIn.Team;
using VetBooking.Web.Storage;
using VetBooking.Web.Verbs.Sovereign;

namespace VetBooking.Web.Verbs;

/// <summary><c>vetbooking support</c>: a link for whom of the operator's the practice has let in. It cannot let anybody in.</summary>
internal static class SupportVerb
{
    public static Command Command()
    {
        var data = DataOption.Create();
        var email = new Option<string?>("--email") { Description = "Which of several people the practice has let in." };
        var command = new Command("support", "Make a link for somebody of the operator's whom the practice has let in; also while it runs.") { data, email, Answer.Json };
        command.SetAction(async (verb, _) => await verb.Sovereign(verb.Folder(data), async folder =>
        {
            var key = verb.GetValue(email) is { } typed ? EmailAddress.Read(typed).Address?.Key ?? "" : null;
            string publicUrl;
            try
            {
                publicUrl = InstanceSettings.Load(folder.Settings).PublicUrl;
            }
            catch (SettingsException wrong)
            {
                return verb.Refused(wrong.Message);
            }
            await using var writer = new Writer(folder, SystemClock.Instance);
            var (granted, token) = await writer.Write(change =>
            {
                var granted = SupportAccess.Granted(change.Db, change.Now, key);
                return (granted, granted is [var only] ? Invitations.Create(change, Actor.Operator, only.Account) : "");
            });
            if (granted.Count == 0) return verb.Refused($"The practice has not let {(key is null ? "anybody" : "this address")} in. Ask an administrator of the practice to do so for some hours, at {publicUrl}/praxis/team/betreiber, then run this again. Nothing was changed.");
            if (granted.Count > 1) return verb.Refused("The practice has let several people in. Say with --email which of them wants to look. Nothing was changed.");
            var (link, until) = ($"{publicUrl}/praxis/einladung/{token}", InstantPattern.General.Format(granted[0].Ends));
            return verb.Done($"Until {until} this link leads in, once: {link}", new VerbAnswer("support", true) { Link = link, Until = until });
        }));
        return command;
    }
}
