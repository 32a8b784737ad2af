using System.Text.Json;
using VetBooking.Fleet.Plans;

namespace VetBooking.Fleet.Host;

/// <summary>Whether what every practice runs by is as <c>prepare</c> wrote it, and systemd can use it.</summary>
internal static class Units
{
    private static readonly string[] Practice = ["vetbooking@.socket", "vetbooking@.service", "vetbooking.slice"];

    /// <summary>Says which of the host's own unit files is not as it should be; null if none.</summary>
    public static string? Problem(Layout layout, FleetSettings settings) => HostFiles.All(layout, settings)
        .Where(file => Practice.Contains(Path.GetFileName(file.Path)))
        .Select(file => Problem(file.Path, file.Content)).OfType<string>().FirstOrDefault();

    /// <exception cref="RefusedException">One of them is not as it should be.</exception>
    public static void Expect(HostFacts facts)
    {
        if (facts.BrokenUnit is { } broken) throw new RefusedException($"{broken} Nothing was changed.");
    }

    /// <summary>Asks systemd, which also knows what drop-ins and masks of one practice make of them.</summary>
    public static Step Look(string practice) => new Step.Act($"units of {practice}", async () =>
    {
        foreach (var unit in new[] { Systemd.Socket(practice), Systemd.Service(practice) })
        {
            var shown = await Shell.Run(["systemctl", "show", "--property=LoadState", "--value", unit]);
            if (ProblemOfState(unit, shown.Output.Trim()) is { } problem) throw new RefusedException(problem);
        }
        return null as JsonElement?;
    });

    /// <summary>What it means that systemd has loaded a unit in this way; null if it is well.</summary>
    public static string? ProblemOfState(string unit, string state) => state switch
    {
        "loaded" => null,
        "masked" => $"{unit} is masked, so it will not start: systemctl unmask {unit}, then run 'vetfleet prepare'.",
        _ => $"systemd cannot use {unit} ({state}). 'systemd-analyze verify {unit}' says why: look at what lies in {unit}.d/, and run 'vetfleet prepare'.",
    };

    private static string? Problem(string path, string content) => true switch
    {
        _ when new FileInfo(path).LinkTarget is not null => $"{path} is masked or led elsewhere: somebody put a link there. Remove the link, and run 'vetfleet prepare'.",
        _ when !File.Exists(path) => $"{path} is not there. Run 'vetfleet prepare'.",
        _ when File.ReadAllText(path) != content => $"{path} is not as this vetfleet and fleet.json want it. Run 'vetfleet prepare'; what should differ on this host belongs in {path}.d/.",
        _ => null,
    };
}
