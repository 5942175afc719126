using System.Text.Json;

namespace RealtimeHub.Cli.Contract;

/// <summary>A typed proxy per hub in TypeScript, over a connection of @microsoft/signalr.</summary>
internal static class TypeScriptHubs
{
    private const string Connection = """

        /** What a proxy needs of a connection; the `HubConnection` of @microsoft/signalr has it. */
        export type HubCaller = Pick<HubConnection, "invoke" | "stream" | "on" | "off">;

        """;

    private const string On = """
          /** Listens to a push; the answer stops it again. */
          on<K extends keyof P & string>(push: K, handler: (argument: P[K]) => void): () => void {
            this.caller.on(push, handler);
            return () => {
              this.caller.off(push, handler);
            };
          }
        """;

    public static string File(WireContract contract)
    {
        var text = new TypeScriptText(contract);
        foreach (var line in Connection.TrimEnd().Split('\n'))
        {
            text.Line(line);
        }

        Pushes(text, contract.Common, null);
        Common(text, contract.Common);
        foreach (var hub in contract.Hubs)
        {
            Path(text, hub);
            Pushes(text, hub, hub.Common is null ? null : contract.Common);
            Proxy(text, hub);
        }

        var types = contract.Types.Select(t => t.Name).Where(text.Used.Contains);
        var head = $"""
            import type {"{"} HubConnection, IStreamResult {"}"} from "@microsoft/signalr";
            import type {"{"}
              {string.Join(",\n  ", types)},
            {"}"} from "./types.js";

            """;
        return text.ToString().Insert(text.ToString().IndexOf('\n', StringComparison.Ordinal) + 1, head);
    }

    private static void Path(TypeScriptText text, HubContract hub) =>
        text.Line().Docs($"Where the {hub.Name.ToLowerInvariant()} hub is, and everything that it may push.")
            .Line($"export const {Camel(hub.Name)}Hub = {{")
            .Line($"  path: \"{hub.Path}\",")
            .Line($"  pushes: [{string.Join(", ", hub.AllPushes.Select(p => $"\"{p.Name}\""))}],")
            .Line("} as const;");

    private static void Pushes(TypeScriptText text, HubContract hub, HubContract? common)
    {
        text.Line().Docs(common is null ? "What every hub may push, by name." : $"What the {hub.Name.ToLowerInvariant()} hub may push, by name.");
        text.Line($"export interface {hub.Name}Pushes {(common is null ? "" : $"extends {common.Name}Pushes ")}{{");
        foreach (var push in hub.Pushes)
        {
            text.Docs(push.Docs, "  ").Line($"  readonly {push.Name}: {text.Type(push.Argument)};");
        }

        text.Line("}");
    }

    private static void Common(TypeScriptText text, HubContract hub)
    {
        text.Line().Docs(hub.Docs).Line($"export class {hub.Name}HubProxy<P extends {hub.Name}Pushes = {hub.Name}Pushes> {{");
        text.Line("  constructor(protected readonly caller: HubCaller) {}").Line();
        foreach (var line in On.Split('\n'))
        {
            text.Line(line);
        }

        Methods(text, hub);
    }

    private static void Proxy(TypeScriptText text, HubContract hub)
    {
        var common = hub.Common is { } c ? $" extends {c.Name}HubProxy<{hub.Name}Pushes>" : "";
        text.Line().Docs(hub.Docs).Line($"export class {hub.Name}HubProxy{common} {{");
        if (hub.Common is null)
        {
            text.Line("  constructor(protected readonly caller: HubCaller) {}");
        }

        Methods(text, hub);
    }

    private static void Methods(TypeScriptText text, HubContract hub)
    {
        var isFirst = hub.Common is not null;
        foreach (var method in hub.Methods)
        {
            if (!isFirst)
            {
                text.Line();
            }

            isFirst = false;
            Method(text, method);
        }

        text.Line("}");
    }

    private static void Method(TypeScriptText text, HubMethod method)
    {
        var parameters = new List<(string Name, string Type)>();
        if (method.Request is not null)
        {
            parameters.Add(("request", text.Type(method.Request)));
        }

        if (method.Upload is not null)
        {
            parameters.Add(("items", $"IStreamResult<{text.Type(method.Upload)}>"));
        }

        var result = method.IsStream ? $"IStreamResult<{text.Type(method.Result)}>" : $"Promise<{text.Type(method.Result)}>";
        var arguments = string.Concat(parameters.Select(p => $", {p.Name}"));
        text.Docs(method.Docs, "  ");
        text.Line($"  {Camel(method.Name)}({string.Join(", ", parameters.Select(p => $"{p.Name}: {p.Type}"))}): {result} {{");
        text.Line($"    return this.caller.{(method.IsStream ? "stream" : "invoke")}(\"{method.Name}\"{arguments});").Line("  }");
    }

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
