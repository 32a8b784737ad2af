using Microsoft.Extensions.Logging;
using NodaTime;
using VetBooking.Web.Messages;
using VetBooking.Web.Messages.Transport;
using VetBooking.Web.Shared;
using VetBooking.Web.Storage;

namespace VetBooking.Tests.Messages;

/// <summary>A practice on a database of its own, with one appointment, whose clock stands until it is set on.</summary>
internal sealed class TestPractice : IAsyncDisposable, IClock, ILogger<MailSender>
{
    private readonly Readers readers;

    public TestPractice(MailSettings? mail = null)
    {
        Folder = new DataFolder(Directory.CreateTempSubdirectory("vetbooking-mail-").FullName);
        Settings = new InstanceSettings { PublicUrl = Samples.Url, Mail = mail ?? new MailSettings() };
        using (var db = Db.Open(Folder.Database))
        {
            Migrations.Run(db);
            db.Execute("""
                INSERT INTO practice (id, name, email, phone, street, postcode, city) VALUES (1, 'Praxis am Park', 'praxis@praxis.example', '040 123456', 'Parkgasse 1', '20095', 'Hamburg');
                INSERT INTO resource (id, kind, position, name) VALUES ('weber', 'person', 1, 'Dr. Weber');
                INSERT INTO species (id, position) VALUES ('dog', 1);
                INSERT INTO visit_type (id, position) VALUES ('vaccination', 1);
                INSERT INTO visit_type_text (visit_type_id, language, name, bring) VALUES ('vaccination', 'de', 'Impfung', 'Impfpass');
                """);
        }
        Writer = new Writer(Folder, this);
        readers = new Readers(Folder);
        Sender = SenderFor(Settings.Mail.Transport == "smtp" ? new SmtpTransport(Settings.Mail, "localhost") : new FolderTransport(Folder));
    }

    public DataFolder Folder { get; }
    public InstanceSettings Settings { get; }
    public Writer Writer { get; }
    public MailSender Sender { get; }
    public MailSignal Signal { get; } = new();
    public Instant Now { get; set; } = Samples.Now;
    public List<string> Logged { get; } = [];

    public MailSender SenderFor(IMailTransport transport) => new(Writer, readers, transport, new Letter(Settings), new MailSenderEnds(Signal, this, this));

    /// <summary>An appointment in four days, in this state; answers its id.</summary>
    public Task<long> Book(string state = "booked", string email = "frieda@owner.example", Duration? expiresIn = null) => Writer.Write(change =>
    {
        var id = change.Db.Insert(
            """
            INSERT INTO appointment (number, visit_type_id, state, starts_at, starts_local, minutes, vet, expires_at, language, name, email, email_key, created_at, state_before)
            VALUES ($number, 'vaccination', $state, $start, '', 20, 'weber', $expires, 'de', 'Frieda Förster', $email, $email, $now, $before)
            """,
            ("$number", "N" + change.Db.Number("SELECT count(*) FROM appointment")), ("$state", state),
            ("$start", (change.Now + Duration.FromDays(4)).ToUnixTimeSeconds() / 300 * 300),
            ("$expires", (change.Now + (expiresIn ?? Duration.FromMinutes(30))).ToUnixTimeSeconds()), ("$email", email), ("$now", change.Now.ToUnixTimeSeconds()),
            ("$before", state == "cancelled" ? "booked" : null));
        change.Db.Execute("INSERT INTO appointment_animal (appointment_id, position, name, species_id) VALUES ($id, 1, 'Bello', 'dog')", ("$id", id));
        return id;
    });

    public Task<long> Enqueue(long appointment, MailKind kind) => Writer.Write(change =>
    {
        Outbox.Add(change, appointment, kind);
        return change.Db.Number("SELECT max(id) FROM outbox");
    });

    public Task<int> SendDue() => Sender.SendDue(CancellationToken.None);

    /// <summary>State, attempts, last error and seconds until due of a row of the outbox.</summary>
    public (string State, long Attempts, string? Error, long DueIn) Row(long id) => readers.Read(db => db.Row(
        "SELECT state, attempts, last_error, due_at FROM outbox WHERE id = $id",
        row => (row.GetString(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3) - Now.ToUnixTimeSeconds()), ("$id", id)));

    public long Links() => readers.Read(db => db.Number("SELECT count(*) FROM link"));

    public T Read<T>(Func<Db, T> query) => readers.Read(query);

    public string[] Files() => Directory.Exists(Folder.Outbox) ? [.. Directory.GetFiles(Folder.Outbox).Select(Path.GetFileName).Order()!] : [];

    public Instant GetCurrentInstant() => Now;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Logged) Logged.Add(formatter(state, exception) + exception);
    }

    public async ValueTask DisposeAsync()
    {
        Sender.Dispose();
        await Writer.DisposeAsync();
        readers.Dispose();
        Directory.Delete(Folder.Path, recursive: true);
    }
}
