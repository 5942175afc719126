using System.CommandLine.Parsing;

namespace RealtimeHub.Cli.Parsing;

/// <summary>Options of the form <c>name=value</c>, given any number of times.</summary>
internal static class Pairs
{
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(ArgumentResult result)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var token in result.Tokens)
        {
            var equals = token.Value.IndexOf('=');
            if (equals < 1)
            {
                result.AddError($"'{token.Value}' is not of the form name=value.");
                return [];
            }

            pairs.Add(new(token.Value[..equals], token.Value[(equals + 1)..]));
        }

        return pairs;
    }
}
