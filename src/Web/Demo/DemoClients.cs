using System.Globalization;
using NodaTime;
using VetBooking.Web.Storage;

namespace VetBooking.Web.Demo;

/// <summary>A made-up owner.</summary>
internal sealed record DemoOwner(long Id, string Name, string Email, string Phone, string Language)
{
    public List<DemoAnimal> Animals { get; } = [];
}

/// <summary>A made-up animal.</summary>
internal sealed record DemoAnimal(long Id, DemoOwner Owner, string Name, string Species, string? Born);

/// <summary>Everybody who comes to the demo practice.</summary>
internal sealed class DemoClients
{
    private static readonly (string Species, int Share)[] Mix =
        [("dog", 42), ("cat", 36), ("rabbit", 6), ("guinea-pig", 4), ("hamster", 2), ("bird", 3), ("reptile", 2), ("horse", 5)];

    public required List<DemoAnimal> Animals { get; init; }
    public required ILookup<string, DemoAnimal> BySpecies { get; init; }

    public static DemoClients Make(Db db, DemoPlan plan, Random random, Instant now)
    {
        var owners = new List<DemoOwner>(plan.Owners);
        var used = new Dictionary<string, int>();
        while (owners.Count < plan.Owners) owners.Add(Owner(db, used, random, now - Duration.FromDays(plan.PastDays + random.Next(900))));
        var year = now.InUtc().Year;
        var animals = new List<DemoAnimal>(plan.Animals);
        // Everybody has one animal; the others live where there is one already.
        while (animals.Count < plan.Animals)
        {
            var owner = owners[animals.Count < owners.Count ? animals.Count : random.Next(owners.Count)];
            // One of each kind, in a practice however small: the pages must find somebody to show.
            var species = animals.Count < Mix.Length ? Mix[animals.Count].Species : Species(random);
            var (name, born) = (Pick(DemoNames.Animal(species), random), Born(random, year));
            var id = db.Insert(
                "INSERT INTO animal (owner_id, name, species_id, born, behaviour) VALUES ($owner, $name, $species, $born, $behaviour)",
                ("$owner", owner.Id), ("$name", name), ("$species", species), ("$born", born), ("$behaviour", Behaviour(species, animals.Count)));
            var animal = new DemoAnimal(id, owner, name, species, born);
            owner.Animals.Add(animal);
            animals.Add(animal);
        }
        return new DemoClients { Animals = animals, BySpecies = animals.ToLookup(one => one.Species) };
    }

    private static DemoOwner Owner(Db db, Dictionary<string, int> used, Random random, Instant since)
    {
        var (first, last) = (Pick(DemoNames.First, random), Pick(DemoNames.Last, random));
        var local = DemoNames.Ascii(first) + "." + DemoNames.Ascii(last);
        var count = used[local] = used.GetValueOrDefault(local) + 1;
        var email = local + (count > 1 ? count.ToString(CultureInfo.InvariantCulture) : "") + "@" + Pick(DemoNames.Domains, random);
        var phone = Phone(random);
        var id = db.Insert(
            "INSERT INTO owner (name, email, email_key, phone, confirmed_at, created_at) VALUES ($name, $email, $email, $phone, $since, $since)",
            ("$name", first + " " + last), ("$email", email), ("$phone", phone), ("$since", since.ToUnixTimeSeconds()));
        return new DemoOwner(id, first + " " + last, email, phone, random.Next(12) == 0 ? "en" : "de");
    }

    // Only ranges the Bundesnetzagentur keeps free for fiction: nobody can ever be called by mistake.
    private static string Phone(Random random) => random.Next(3) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"030 23125 {random.Next(500, 900):000}"),
        1 => string.Create(CultureInfo.InvariantCulture, $"0171 39200{random.Next(100):00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"0176 040690{random.Next(100):00}"),
    };

    // Not by chance: pictures of the same practice must stay the same.
    private static string Behaviour(string species, int nth) => (species, nth % 13) switch
    {
        ("dog", 3) => "muzzle bites",
        ("dog", 7) => "anxious",
        ("cat", 2) => "scratches",
        ("cat", 9) => "escapes",
        _ => "",
    };

    private static string Species(Random random)
    {
        var at = random.Next(Mix.Sum(one => one.Share));
        foreach (var (species, share) in Mix)
        {
            if ((at -= share) < 0) return species;
        }
        return "dog";
    }

    private static string? Born(Random random, int year) => random.Next(10) switch
    {
        0 => null,
        < 6 => (year - 1 - random.Next(13)).ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{year - 1 - random.Next(10)}-{random.Next(1, 13):00}"),
    };

    internal static T Pick<T>(ReadOnlySpan<T> from, Random random) => from[random.Next(from.Length)];
}
