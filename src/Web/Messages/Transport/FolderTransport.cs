using System.Globalization;
using MimeKit;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Messages.Transport;

/// <summary>Writes mails into the practice's outbox folder instead of sending them: for demonstrations and tests.</summary>
public sealed class FolderTransport(DataFolder folder) : IMailTransport, IMailConnection
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly FormatOptions AsOnTheWire = new() { NewLineFormat = NewLineFormat.Dos };

    /// <inheritdoc/>
    public bool IsOpen => true;

    /// <inheritdoc/>
    public Task<IMailConnection> Connect(CancellationToken stop)
    {
        try
        {
            Directory.CreateDirectory(folder.Outbox);
            return Task.FromResult<IMailConnection>(this);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException(DeliveryFault.Connection, "folder not writable");
        }
    }

    /// <inheritdoc/>
    public async Task Send(OutgoingMail mail, CancellationToken stop)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{mail.Id:D8}-{MailKinds.Word(mail.Kind)}-{mail.Attempt}.eml");
        var whole = Path.Combine(folder.Outbox, name);
        var part = whole + ".part";
        try
        {
            mail.Letter.Prepare(EncodingConstraint.SevenBit);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
            await using (var file = new FileStream(part, options))
            {
                await mail.Letter.WriteToAsync(AsOnTheWire, file, stop);
            }
            // Whoever looks into the folder sees whole mails only.
            File.Move(part, whole, overwrite: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException(DeliveryFault.Connection, "folder not writable");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
