using Microsoft.Extensions.DependencyInjection.Extensions;
using VetBooking.Web.Shared;
using VetBooking.Web.Messages.Gateway;
using VetBooking.Web.Messages.Transport;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages;

/// <summary>Registers what sends mail.</summary>
public static class MailSetup
{
    /// <summary>The signal, the transport the settings ask for, and the sender. Wants Writer, Readers and IClock to be there.</summary>
    public static IServiceCollection AddMail(this IServiceCollection services, InstanceSettings settings, DataFolder folder)
    {
        services.TryAddSingleton<MailSignal>();
        services.AddSingleton<MailSenderEnds>();
        services.AddSingleton(new Letter(settings));
        services.AddSingleton<IMailTransport>(settings.Mail.Transport == "smtp"
            ? new SmtpTransport(settings.Mail, Letter.Host(settings))
            : new FolderTransport(folder));
        services.AddSingleton<GatewayEnds>();
        services.AddSingleton<GatewayWays>();
        services.AddHostedService<GatewaySender>();
        return services.AddHostedService<MailSender>();
    }
}
