using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using VetBooking.Web.Machines;
using VetBooking.Web.Shared;
using VetBooking.Web.SignIn;
using VetBooking.Web.SignIn.Proof;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages.Gateway;

/// <summary>The gateway for short messages, for administrators; each of them has shown a moment ago who they are.</summary>
internal static class GatewayPages
{
    public const string Path = "/praxis/einstellungen/kurznachrichten";
    private const string Secret = "gateway";

    /// <summary><c>GET /praxis/einstellungen/kurznachrichten</c></summary>
    public static IResult Show(Staff staff, GatewayWays ways) => Page.Ok(GatewayPage.Create(Model(staff, ways)));

    /// <summary><c>POST /praxis/einstellungen/kurznachrichten</c>: a gateway, and a fresh secret for it.</summary>
    public static async Task<IResult> Save(Staff staff, GatewayWays ways, Writer writer)
    {
        var form = await staff.Visitor.Form();
        var (address, problem) = OutboundAddress.Read(form["adresse"].ToString(), ways.Settings.Outbound);
        var too = form["auch"] == "1";
        if (address is null) return Page.Again(GatewayPage.Create(Model(staff, ways) with { Address = form["adresse"].ToString(), RemindersToo = too, AddressProblem = problem }));
        var (secret, seal) = (SignedPost.NewSecret(), MessageGateway.Seal(ways.Protection));
        var gateway = new MessageGateway(address.IdnHost, too)
        {
            Address = seal.Protect(Encoding.UTF8.GetBytes(address.AbsoluteUri)),
            Secret = seal.Protect(Encoding.UTF8.GetBytes(secret)),
        };
        await writer.Write(change =>
        {
            MessageGateway.Save(change, staff, gateway);
            return true;
        });
        ways.ShownOnce.Put(staff.Session.Id, Secret, [secret]);
        return Visitor.SeeOther(staff.Visitor.Url(Path));
    }

    /// <summary><c>POST /praxis/einstellungen/kurznachrichten/probe</c>: sends one to a number and says what came of it.</summary>
    public static async Task<IResult> Test(Staff staff, GatewayWays ways, CancellationToken stop)
    {
        var typed = (await staff.Visitor.Form())["nummer"].ToString();
        var model = Model(staff, ways) with { Number = typed };
        if (model.Gateway is not { } gateway) return Visitor.SeeOther(staff.Visitor.Url(Path));
        if (MobileNumber.Of(typed) is not { } number) return Page.Again(GatewayPage.Create(model with { WrongNumber = true }));
        var text = staff.T.SmsMessage(Shown.Line(staff.Visitor.Profile.Name), staff.T.MachinesSmsTest);
        var message = new SignedMessage("test-" + Guid.NewGuid().ToString("N"), staff.Now, new ShortMessage(number, text, staff.T.Language).Json());
        try
        {
            return Page.Ok(GatewayPage.Create(model with { Outcome = await ways.Post.Send(gateway.Target(ways.Protection), message, stop) }));
        }
        catch (Exception lost) when (lost is CryptographicException or FormatException)
        {
            return Page.Ok(GatewayPage.Create(model with { Outcome = new PostOutcome(PostResult.Unreadable) }));
        }
    }

    /// <summary><c>POST /praxis/einstellungen/kurznachrichten/ende</c></summary>
    public static async Task<IResult> Remove(Staff staff, Writer writer)
    {
        await writer.Write(change =>
        {
            MessageGateway.Remove(change, staff);
            return true;
        });
        return Visitor.SeeOther(staff.Visitor.Url(Path));
    }

    private static GatewayModel Model(Staff staff, GatewayWays ways)
    {
        var gateway = ways.Readers.Read(MessageGateway.Of);
        return new GatewayModel(staff, gateway)
        {
            RemindersToo = gateway?.RemindersToo ?? false,
            Secret = ways.ShownOnce.For(staff.Session.Id, Secret) is [var secret] && gateway is not null ? secret : null,
        };
    }
}

/// <summary>What the page of the gateway needs besides the writer.</summary>
internal sealed record GatewayWays(Readers Readers, IDataProtectionProvider Protection, InstanceSettings Settings, ShownOnce ShownOnce, SignedPost Post);

/// <summary>The page of the gateway.</summary>
public sealed record GatewayModel(Staff Staff, MessageGateway? Gateway)
{
    public string Address { get; init; } = "";

    public bool RemindersToo { get; init; }

    public string Number { get; init; } = "";

    public bool WrongNumber { get; init; }

    /// <summary>The secret, while it may be seen; else null.</summary>
    public string? Secret { get; init; }

    internal AddressProblem? AddressProblem { get; init; }

    internal PostOutcome? Outcome { get; init; }

    public bool HasErrors => AddressProblem is not null || WrongNumber;

    /// <summary>What came of the test, in words; null if there was none.</summary>
    public string? Words => Outcome switch
    {
        null => null,
        { Result: PostResult.Accepted } => Staff.T.MachinesSmsAccepted,
        { } outcome => Staff.T.MachinesResult(outcome.Result.ToString(), outcome.Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? ""),
    };
}
