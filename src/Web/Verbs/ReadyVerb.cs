using System.CommandLine;

namespace VetBooking.Web.Verbs;

/// <summary><c>vetbooking ready</c>: for whoever watches a practice in a container, where nothing else is that could ask.</summary>
internal static class ReadyVerb
{
    public static Command Command()
    {
        var url = new Option<string>("--url") { Description = "Where the practice listens on this machine.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var command = new Command("ready", "Ask the practice that runs here whether it can take visitors.") { url, Answer.Json };
        command.SetAction(async (verb, stop) =>
        {
            if (!Uri.TryCreate(verb.GetRequiredValue(url), UriKind.Absolute, out var address) || address is not { IsLoopback: true, Scheme: "http" }) return verb.WrongUsage("--url wants an address of this machine, like http://127.0.0.1:5080.");
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
            try
            {
                using var answer = await http.GetAsync(new Uri(address, "/health/ready"), stop);
                return answer.IsSuccessStatusCode ? verb.Done("The practice can take visitors.", new VerbAnswer("ready", true)) : verb.Failed("The practice cannot take visitors now.");
            }
            catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException)
            {
                return verb.Failed("The practice does not answer.");
            }
        });
        return command;
    }
}
