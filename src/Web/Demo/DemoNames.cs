namespace VetBooking.Web.Demo;

/// <summary>Names for made-up people and animals, as mixed as the people of Berlin are.</summary>
internal static class DemoNames
{
    private static readonly string[] Dogs =
    [
        "Balu", "Luna", "Bella", "Rocky", "Emma", "Milo", "Nala", "Oskar", "Bruno", "Paula", "Sam", "Frieda", "Karlsson",
        "Pepe", "Wilma", "Aslan", "Zeus", "Maja", "Krümel", "Socke",
    ];

    private static readonly string[] Cats =
    [
        "Minka", "Felix", "Mia", "Simba", "Lilly", "Tiger", "Findus", "Mimi", "Leo", "Pamuk", "Kasimir", "Nele", "Momo",
        "Salem", "Cleo", "Mausi", "Herr Schmidt", "Perla", "Murka", "Fips",
    ];

    private static readonly string[] Small =
    [
        "Hoppel", "Klopfer", "Flocke", "Möhre", "Lotta", "Stupsi", "Muffin", "Keks", "Schnuffel", "Pünktchen", "Nougat", "Erna",
    ];

    private static readonly string[] Birds = ["Hansi", "Coco", "Rio", "Kiki", "Pauli", "Zazu"];

    private static readonly string[] Reptiles = ["Gonzo", "Rex", "Shelly", "Echo", "Speedy", "Mako"];

    private static readonly string[] Horses = ["Amira", "Donner", "Fjalar", "Cassandra", "Wotan", "Polly", "Sternchen", "Lucky", "Bonita", "Merlin"];

    /// <summary>Domains that are kept for examples: no mail to them ever arrives anywhere.</summary>
    public static readonly string[] Domains = ["beispiel.example", "post.example", "mail.example", "example.org", "example.net"];

    public static readonly string[] First =
    [
        "Anna", "Jonas", "Ayşe", "Mehmet", "Agnieszka", "Piotr", "Oksana", "Taras", "Linh", "Minh", "Sabine", "Thomas", "Petra",
        "Uwe", "Katharina", "Leon", "Fatma", "Emre", "Magdalena", "Łukasz", "Olena", "Andrij", "Hương", "Tuấn", "Claudia",
        "Jürgen", "Heike", "Matthias", "Birgit", "Stefan", "Elif", "Can", "Zofia", "Marek", "Iryna", "Bohdan", "Lan", "Đức",
        "Amina", "Kwame", "Layla", "Omar", "Elena", "Marco", "Sofia", "João", "Renate", "Günther", "Nadine", "Florian", "Jana",
        "Søren", "Ingrid", "Björn", "Noor", "Rahel",
    ];

    public static readonly string[] Last =
    [
        "Müller", "Schmidt", "Yıldız", "Kaya", "Nowak", "Wiśniewska", "Kovalenko", "Schewtschenko", "Nguyen", "Trần", "Weber",
        "Fischer", "Öztürk", "Demir", "Kowalczyk", "Zieliński", "Bondarenko", "Melnyk", "Phạm", "Lê", "Becker", "Hoffmann",
        "Schäfer", "Koch", "Richter", "Klein", "Wolf", "Neumann", "Schwarz", "Zimmermann", "Krüger", "Lange", "Krause",
        "Lehmann", "Köhler", "Çelik", "Şahin", "Aydın", "Jankowski", "Lewandowski", "Tkatschenko", "Hoàng", "Vogel", "Jung",
        "Roth", "Seidel", "Thiele", "Rossi", "Fernandes", "Haddad", "Mensah", "Popescu", "Petrović", "Novák", "Lindqvist",
        "Große-Voß",
    ];

    public static ReadOnlySpan<string> Animal(string species) => species switch
    {
        "dog" => Dogs,
        "cat" => Cats,
        "bird" => Birds,
        "reptile" => Reptiles,
        "horse" => Horses,
        _ => Small,
    };

    /// <summary>A name as people write it in a mail address.</summary>
    public static string Ascii(string name) => string.Concat(name.ToLowerInvariant().Select(letter => letter switch
    {
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'ø' => "oe",
        'ş' or 'ś' => "s",
        'ç' or 'ć' => "c",
        'ı' => "i",
        'ł' => "l",
        'ń' => "n",
        'đ' => "d",
        'á' or 'ã' or 'ầ' or 'ạ' or 'à' or 'ấ' => "a",
        'ê' => "e",
        'ơ' or 'ó' => "o",
        'ư' => "u",
        _ => char.IsAsciiLetterLower(letter) || letter == '-' ? letter.ToString() : "",
    }));
}
