using System.Globalization;
using System.Text.Json.Nodes;

namespace VetBooking.Verify.Bench;

/// <summary>Books as fast as a number of clients at once can; each time another free time, on a fresh copy of the practice.</summary>
internal sealed class BookingRuns(Figures figures, string executable, string work, int rounds)
{
    /// <summary>A series of runs that is measured in turns with the others.</summary>
    private sealed record Series(string Name, string Practice, int Connections, int Most)
    {
        public bool RelayIsDown { get; init; }
        public bool SlowDisk { get; init; }
        public List<LoadResult> Seen { get; } = [];
        public double PerSecond => Seen.Select(one => one.PerSecond(201)).Median();
    }

    public async Task Measure()
    {
        Series one = new("bookings, 1 connection", "large", 1, 1000);
        Series some = new("bookings, 16 connections", "large", 16, 5000);
        Series many = new("bookings, 64 connections", "large", 64, 5000);
        Series longer = new("bookings, 16 connections, past x 10", "long", 16, 5000);
        Series noMail = new("bookings, 64 connections, mail relay down", "large", 64, 5000) { RelayIsDown = true };
        Series slowOne = new("bookings, 1 connection, slow disk", "large", 1, 100) { SlowDisk = true };
        Series slowMany = new("bookings, 64 connections, slow disk", "large", 64, 5000) { SlowDisk = true };
        List<Series> all = [one, some, longer, many, noMail];
        if (Programs.Has("strace")) all.AddRange([slowOne, slowMany]);

        var fsyncs = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var series in all)
            {
                fsyncs.Add(Disk.FsyncsPerSecond(work, TimeSpan.FromSeconds(0.3)));
                series.Seen.Add(await Run(series, new Random(round)));
            }
        }
        figures.Add("writes with one fsync each", fsyncs.Median(), "/s");
        foreach (var series in all)
        {
            figures.Add(series.Name, series.PerSecond, "/s");
            figures.Add(series.Name + ": p50", series.Seen.Select(run => run.Percentile(0.5)).Median(), "ms");
            figures.Add(series.Name + ": p99", series.Seen.Select(run => run.Percentile(0.99)).Median(), "ms");
        }
        figures.Add("bookings, 64 connections: booked", many.Seen.Average(run => run.Count(201)), "");
        figures.Add("bookings, 64 connections: refused", many.Seen.Average(run => run.Count(409) + run.Count(422)), "");
        figures.AtLeast(10, "bookings, 64 connections, over writes with one fsync each", many.PerSecond / fsyncs.Median(), "x");
        if (all.Contains(slowMany)) figures.AtLeast(10, "bookings, slow disk, 64 connections over one at a time", slowMany.PerSecond / slowOne.PerSecond, "x");
        figures.AtMost(1.1, "bookings, 16 connections: growth of time with past x 10",
            some.Seen.Zip(longer.Seen, (usual, large) => usual.PerSecond(201) / large.PerSecond(201)).Median(), "x");
    }

    private async Task<LoadResult> Run(Series series, Random random)
    {
        var data = Path.Combine(work, "booking");
        Folders.Copy(Path.Combine(work, series.Practice), data);
        if (series.RelayIsDown) BreakRelay(Path.Combine(data, "instance.json"));
        try
        {
            using var server = new Target(series.SlowDisk ? OnSlowDisk() : executable, data);
            await server.Start();
            var facts = Facts.Read(server.Database);
            var times = await FreeTimes.Of(server.Url, facts, random);
            var requests = times.Take(series.Most).Select(choice =>
            {
                var wanted = facts.Ask(random, choice);
                return Load.Post(server.Url, "api/v1/bookings", wanted.Key, wanted.Body);
            }).ToArray();
            var seen = await Load.Run(server.Url, series.Connections, requests, TimeSpan.FromSeconds(10));
            // Rooms and devices are scarcer than people: some of the times that were free side by side are not free together.
            var strange = seen.Statuses.Where(status => status.Key is not (201 or 409 or 422)).ToArray();
            if (strange.Length > 0) throw new InvalidOperationException($"{series.Name}: {string.Join(", ", strange)}: {server.LastWords()}");
            return seen;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    /// <summary>A script that runs the server as on a disk on which an fsync takes 4 ms and more.</summary>
    private string OnSlowDisk()
    {
        var script = Path.Combine(work, "slow-disk");
        if (File.Exists(script)) return script;
        File.WriteAllText(script, string.Create(CultureInfo.InvariantCulture,
            $"#!/bin/sh\nexec strace -D -f --seccomp-bpf -c -o {work}/fsyncs -e trace=fsync,fdatasync -e inject=fsync,fdatasync:delay_exit=4000 {executable} \"$@\"\n"));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return script;
    }

    private static void BreakRelay(string path)
    {
        var settings = JsonNode.Parse(File.ReadAllText(path))!;
        // Nobody listens on the discard port.
        settings["mail"] = new JsonObject { ["transport"] = "smtp", ["host"] = "127.0.0.1", ["port"] = 9, ["security"] = "none", ["from"] = "praxis@example.org", ["timeoutSeconds"] = 5 };
        File.WriteAllText(path, settings.ToJsonString());
    }
}
