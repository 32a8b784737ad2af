using NodaTime;

namespace VetBooking.Web.Texts;

/// <summary>A named argument on its way into a message; one constructor per type, so that numbers and dates are not boxed.</summary>
internal readonly struct ArgumentValue
{
    private ArgumentValue(string name, ArgumentType type)
    {
        Name = name;
        Type = type;
    }

    public ArgumentValue(string name, string text) : this(name, ArgumentType.Text) => Text = text;

    public ArgumentValue(string name, int number) : this(name, ArgumentType.Number) => Number = number;

    public ArgumentValue(string name, LocalDate date) : this(name, ArgumentType.Date) => Date = date;

    public ArgumentValue(string name, LocalTime time) : this(name, ArgumentType.Time) => Time = time;

    public string Name { get; }

    public ArgumentType Type { get; }

    public string Text { get; } = "";

    public int Number { get; }

    public LocalDate Date { get; }

    public LocalTime Time { get; }
}
