using System.Collections.Immutable;

namespace VetBooking.Web.Texts;

/// <summary>The arguments met so far while a message is read, in order of first appearance.</summary>
internal sealed class ArgumentList
{
    private readonly List<(string Name, ArgumentType? Type)> arguments = [];

    /// <summary>No type stands for a plain <c>{x}</c>: it goes along with a text or a number, everything else must agree.</summary>
    /// <returns>False if the message uses the argument as something else already.</returns>
    public bool TryAdd(string name, ArgumentType? type)
    {
        int known = arguments.FindIndex(argument => argument.Name == name);
        if (known < 0)
        {
            arguments.Add((name, type));
            return true;
        }
        ArgumentType? before = arguments[known].Type;
        ArgumentType? typed = before ?? type;
        arguments[known] = (name, typed);
        return before == type || ((before is null || type is null) && typed is ArgumentType.Number or ArgumentType.Text);
    }

    public ImmutableArray<Argument> ToImmutable() =>
        arguments.Select(argument => new Argument(argument.Name, argument.Type ?? ArgumentType.Text)).ToImmutableArray();
}
