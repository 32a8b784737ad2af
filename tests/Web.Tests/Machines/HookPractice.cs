using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodaTime;
using VetBooking.Tests.Running;
using VetBooking.Web.SignIn;

namespace VetBooking.Tests.Machines;

/// <summary>Administrators who let programs in.</summary>
internal static class HookPractice
{
    public const string Hooks = "/praxis/einstellungen/webhooks";
    public const string Tokens = "/praxis/einstellungen/zugriffe";

    /// <summary>An empty diary; this machine may be called, as an operator would allow a gateway in the practice's own rooms.</summary>
    public static Wanted Near(string sql = "") => new() { AllowPrivate = ["127.0.0.1"], Sql = "DELETE FROM appointment;" + sql };

    /// <summary>Adds a receiver as an administrator does; answers its page, with the secret on it.</summary>
    public static async Task<(Desk Desk, Seen Page, string Secret)> AddHook(this RunningPractice practice, string address)
    {
        var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Browser.Press(await desk.Open(Hooks), "#neu ~ form .btn", ("name", "Praxissoftware"), ("adresse", address));
        Assert.True(page.Status == 200 && page.Heading == "Praxissoftware", page.Html);
        return (desk, page, page.Find(".said .code").TextContent);
    }

    /// <summary>Makes a token as an administrator does.</summary>
    public static async Task<string> MakeToken(this RunningPractice practice, params string[] scopes)
    {
        using var desk = await practice.SignedIn(Role.Administrator);
        var page = await desk.Post(Tokens, [("name", "Telefonanlage"), ("bis", "2027-11-23"), .. scopes.Select(scope => ("darf", scope))]);
        return page.Find(".said .code").TextContent;
    }

    /// <summary>Lets time pass, and the sender see that it has.</summary>
    public static async Task Later(this RunningPractice practice, Duration by)
    {
        practice.Clock.Advance(by);
        await practice.Writer.Write(_ => true);
    }

    /// <summary>Waits until a question is answered with something else than 0.</summary>
    public static async Task Until(this RunningPractice practice, string sql)
    {
        for (var tries = 0; practice.Db.Number(sql) == 0; tries++)
        {
            Assert.True(tries < 400, $"{sql}: never.");
            await Task.Delay(25);
        }
    }
}

/// <summary>Keeps what a program logs.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = [];

    public string Text => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue(formatter(state, exception) + exception);

    public void Dispose()
    {
    }
}
