using System.CommandLine;
using VetBooking.Verify;
using VetBooking.Verify.Attacks;
using VetBooking.Verify.Attacks.Erasing;
using VetBooking.Verify.Attacks.Exporting;
using VetBooking.Verify.Attacks.Faults;
using VetBooking.Verify.Attacks.Fleet;
using VetBooking.Verify.Attacks.Fleet.Operating;
using VetBooking.Verify.Attacks.Hostile;
using VetBooking.Verify.Attacks.Sovereign;
using VetBooking.Verify.Attacks.Swarm;
using VetBooking.Verify.Bench;
using VetBooking.Verify.Lab;

var seed = new Option<int?>("--seed") { Description = "What the random choices start from; without it, another each time." };
var keep = new Option<bool>("--keep") { Description = "Leaves the data folders behind." };

var root = new RootCommand("Attacks the built vetbooking from outside, with a checker of its own.")
{
    Verb("race", "many clients at once for the same time: never two winners", 50, 200,
        (run, rounds, clients) => new Race(run, clients).Execute(rounds)),
    Verb("kill", "kill -9 under load: nothing acknowledged is lost, nothing is booked twice", 60, 8,
        (run, cycles, clients) => new Kill(run, clients).Execute(cycles)),
    Verb("links", "opening what is in the mails changes nothing", 10, 30,
        (run, rounds, bookings) => new Links(run, bookings).Execute(rounds)),
    Verb("dst", "every change of the clocks 2024-2040: database, mail, calendar file and page agree", int.MaxValue, 1,
        (run, changes, _) => new Dst(run).Execute(changes)),
    Verb("smtp", "a mail relay that behaves in every bad way: no mail is lost, none comes twice, bookings do not wait", 99, 6,
        (run, behaviours, bookings) => new Smtp(run, bookings).Execute(behaviours)),
    Verb("authz", "every route, every role, every kind of id, tampered with: nobody gets further than declared", 1, 1,
        (run, _, _) => new Authz(run).Execute()),
    Verb("hostile", "thousands of payloads in every field, key, header and segment: no effect anywhere", 200, 1,
        (run, rounds, _) => new HostileInput(run).Execute(rounds)),
    Verb("erase", "months of a person's life with a practice: once erased nothing of them is left, nor of anybody else gone", 3, 1,
        (run, months, _) => new Erase(run).Execute(months)),
    Verb("restore", "backups damaged in every way, restores killed at every step, people who were erased: nothing is lost, nobody comes back", int.MaxValue, 4,
        (run, points, clients) => new Restore(run, clients).Execute(points)),
    Verb("export", "a practice is exported, read from the disk and taken over elsewhere the same; what is no export changes nothing", 1, 1,
        (run, practices, _) => new Export(run).Execute(practices)),
    Verb("iofault", "a disk that fails in six ways in every act: nothing acknowledged is lost, nothing refused is done, healthy at once after", 126, 1,
        (run, rounds, _) => new IoFault(run).Execute(rounds)),
    Verb("powerloss", "the power goes at every place of a recorded run, thousands of times: nothing acknowledged is lost, nothing is half saved", 5_000, 1,
        (run, states, _) => new PowerLoss(run).Execute(states)),
    Verb("rot", "single bits that flip in backups and in the live database: all of them are found", 200, 1,
        (run, flips, _) => new Rot(run).Execute(flips)),
    Verb("lab", "the hosts other attacks boot: limits hold there, sockets wake, the edge routes, nothing stays behind", 2, 1,
        (run, hosts, _) => new LabCheck(run).Execute(hosts)),
    Verb("fleet", "a bare machine becomes a host of many practices: added, reached, apart, asleep, woken, backed up, one fills its share of the disk, and one leaves", 200, 1,
        (run, practices, _) => new Hosting(run).Execute(practices)),
    Verb("update", "releases broken in every way, and a good one, come to practices that people book at: no booking is lost, one practice is touched at most", 20, 1,
        (run, practices, _) => new Updating(run).Execute(practices)),
    Verb("move", "a practice goes to another host: the same there value by value, nothing acknowledged is lost, and whatever fails it goes on where it was", 1, 1,
        (run, _, _) => new Moving(run).Execute()),
    Verb("swarm", "two machines become a swarm: practices on both, bad releases taken back, one machine lost and its practice back on the other", 3, 1,
        (run, faults, _) => new Swarming(run).Execute(faults)),
    Verb("isolate", "one practice crashes, spins, takes memory, floods the journal, fills its share of the disk or opens sockets: its neighbours do not notice", 6, 3,
        (run, rounds, neighbours) => new Isolating(run, neighbours).Execute(rounds)),
    Verb("acme", "certificates from an ACME server on another host: for practices' names, for nobody else's, and what is there goes on without it", 1, 1,
        (run, _, _) => new Certifying(run).Execute()),
    Verb("runbook", "every command of docs/operating.md is run in its order on fresh hosts", 1, 1,
        (run, _, _) => new Runbook(run).Execute()),
    BenchVerb(),
};
return await root.Parse(args).InvokeAsync();

Command Verb(string name, string description, int rounds, int clients, Func<Run, int, int, Task> attack)
{
    var howOften = new Option<int>("--rounds") { Description = "Rounds, kills, openings of each link, changes of the clocks, behaviours, moments to be killed at, faults, states, flips, hosts, bad releases.", DefaultValueFactory = _ => rounds };
    var howMany = new Option<int>("--clients") { Description = "Clients at once; for links, bookings.", DefaultValueFactory = _ => clients };
    var seconds = new Option<int?>("--seconds") { Description = "No new round begins after this time." };
    var command = new Command(name, description) { seed, keep, howOften, howMany, seconds };
    string[] parts = name switch { "race" => ["clients", "staff"], "fleet" => ["share"], _ => [] };
    var part = new Option<string?>("--only") { Description = $"Only one part: {string.Join(", or ", parts)}." }.AcceptOnlyFromAmong(parts);
    if (parts.Length > 0) command.Options.Add(part);
    command.SetAction(async (parsed, _) =>
    {
        using var run = new Run(name, parsed.GetValue(seed) ?? Random.Shared.Next(1_000_000))
        {
            Keep = parsed.GetValue(keep),
            Only = parsed.GetValue(part),
            WithoutProgram = name == "lab",
        };
        if (parsed.GetValue(seconds) is { } limit) run.Limit = TimeSpan.FromSeconds(limit);
        return await run.Attack(() => attack(run, parsed.GetValue(howOften), parsed.GetValue(howMany)));
    });
    return command;
}

Command BenchVerb()
{
    var rules = new Option<string?>("--rules") { Description = "The program that times the rules alone." };
    var isShort = new Option<bool>("--short") { Description = "Fewer and shorter rounds: a look, not a figure to publish." };
    var only = new Option<string[]>("--only") { Description = "size, start, memory, slots, bookings, boards, search, sovereign, density or rules; all of them, if not given." };
    var environment = new Option<string[]>("--env")
    {
        Description = "NAME=VALUE in the servers' environment, instead of what the unit sets.",
        DefaultValueFactory = _ => ["DOTNET_GCgen0size=80000"],
    };
    var conventional = new Option<string?>("--conventional") { Description = "The same source as a conventional build, for density." };
    var asleep = new Option<double>("--asleep") { Description = "Megabytes a sleeping practice takes of its host, as bin/verify fleet has measured it.", DefaultValueFactory = _ => 0.15 };
    var command = new Command("bench", "measures the executable against its targets; see docs/performance.md") { rules, isShort, only, environment, conventional, asleep };
    command.SetAction(async (parsed, _) =>
    {
        using var bench = new Bench(Run.FindExecutable(), parsed.GetValue(rules), parsed.GetValue(isShort),
            new BenchParts(parsed.GetValue(only) ?? [], parsed.GetValue(environment)!) { Conventional = parsed.GetValue(conventional), Asleep = parsed.GetValue(asleep) });
        return await bench.Measure();
    });
    return command;
}
